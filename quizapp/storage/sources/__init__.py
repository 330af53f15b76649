"""Tables and named reads: articles and what is cited of them."""
