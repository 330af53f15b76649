"""Use cases: a person's data as a whole."""
