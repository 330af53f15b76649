"""Quizzes: which items are drawn, and what an attempt is worth."""
