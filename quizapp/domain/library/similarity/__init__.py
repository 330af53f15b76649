"""How alike two questions are: the same words in another order, one sentence asked in two ways."""
