"""Question kinds: each a module of its own, and the one tuple that lists them."""
