"""The versions of an article: what changed in each, and what became of the questions on it."""
