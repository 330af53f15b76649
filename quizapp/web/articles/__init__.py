"""Articles: the pages on which teachers add, correct and look after the texts that items cite."""
