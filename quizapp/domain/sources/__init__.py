"""Rules: articles and what is cited of them."""
