"""How the questions of a deck do: a table of figures, and what in them is worth a look."""
