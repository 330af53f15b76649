"""Results in the browser: who answered what, an attempt as its student saw it, a student, a gradebook."""
