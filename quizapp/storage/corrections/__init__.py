"""Tables and named reads: what is wrong with a question, and putting it right."""
