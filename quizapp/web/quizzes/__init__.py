"""Quizzes in the browser: choose, answer, look over, finish, and learn from the result."""
