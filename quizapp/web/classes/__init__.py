"""Pages: classes and their assignments."""
