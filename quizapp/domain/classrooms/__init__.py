"""Classrooms' rules: join codes, names in a class, rosters, and figures that are honest when small."""
