"""Tables and named reads: learning a deck, day by day."""
