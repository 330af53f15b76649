"""Quizapp: quizzes and flashcards from what you read, scheduled so that you remember it."""

__version__ = "0.1.0"
