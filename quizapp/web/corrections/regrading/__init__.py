"""Changed keys in the browser: dry run, progress, undo; and what students are told of it."""
