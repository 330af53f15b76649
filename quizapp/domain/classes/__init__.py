"""Rules: classes and their assignments."""
