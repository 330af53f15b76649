"""Dates by which a learner wants to know decks."""
