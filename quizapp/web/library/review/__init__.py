"""One question among teachers: as it stands, what is said of it, and whether students may have it."""
