"""Use cases: articles and what is cited of them."""
