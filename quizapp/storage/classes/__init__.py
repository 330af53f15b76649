"""Tables and named reads: classes and their assignments."""
