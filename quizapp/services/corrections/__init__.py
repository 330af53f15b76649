"""Use cases: what is wrong with a question, and putting it right."""
