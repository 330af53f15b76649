"""Rules: texts, numbers and units."""
