"""Rules: who people are here."""
