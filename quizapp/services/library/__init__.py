"""Use cases: decks and questions."""
