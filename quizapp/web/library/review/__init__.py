"""One question among teachers: as it is, what is said of it, and whether students may have it."""
