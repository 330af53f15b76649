"""Tables and named reads: a person's data as a whole."""
