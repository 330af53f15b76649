"""Rules of accounts: how long to wait after failed sign-ins, which passwords are too easily guessed."""
