"""Tables and named reads: decks and questions."""
