"""Assignments' rules: when they open and are due, what is taken when, how far a student is."""
