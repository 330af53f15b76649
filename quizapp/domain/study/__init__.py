"""Rules: learning a deck, day by day."""
