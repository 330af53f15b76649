"""Pages: who people are here."""
