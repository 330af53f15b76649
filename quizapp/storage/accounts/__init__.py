"""Tables and named reads: who people are here."""
