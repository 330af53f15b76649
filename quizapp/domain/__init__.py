"""The rules: pure values and functions. No clock, no chance, no I/O, no Flask, no SQLAlchemy."""
