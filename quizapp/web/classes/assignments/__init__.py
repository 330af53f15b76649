"""Assignments in the browser: the teacher's pages of them, and what is due for a student."""
