"""Reports on questions, the learner's side: making one, and reading what became of it."""
