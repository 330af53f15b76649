"""Use cases: who people are here."""
