"""Rules: decks and questions."""
