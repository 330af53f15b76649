"""One page on which any question is found, whatever deck it is in."""
