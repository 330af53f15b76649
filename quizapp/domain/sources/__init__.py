"""Sources: an article as numbered paragraphs and sentences, and the evidence that points into it."""
