"""What an article's sentences hold: names, figures, verbs, and which of them stand alone."""
