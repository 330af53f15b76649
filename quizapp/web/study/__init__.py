"""Pages: learning a deck, day by day."""
