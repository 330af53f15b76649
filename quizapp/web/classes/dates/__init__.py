"""Dates by which a class is to know decks."""
