"""Use cases: classes and their assignments."""
