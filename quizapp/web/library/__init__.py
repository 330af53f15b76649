"""Pages: decks and questions."""
