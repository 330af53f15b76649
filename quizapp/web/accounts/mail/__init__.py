"""E-mail: a forgotten password, and the account's address."""
