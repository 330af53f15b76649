"""Numbers by themselves, in digits and in words, without units."""
