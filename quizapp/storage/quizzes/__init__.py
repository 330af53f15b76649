"""Tables and named reads: attempts at a quiz."""
