"""What was typed, read as what it is: an amount, a date, a person, a list, words."""
