"""Use cases: learning a deck, day by day."""
