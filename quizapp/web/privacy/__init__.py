"""Pages: a person's data as a whole."""
