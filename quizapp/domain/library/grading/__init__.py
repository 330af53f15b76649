"""Grading of typed answers: what was typed is read, what was read is compared, one module decides."""
