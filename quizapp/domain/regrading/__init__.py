"""What a change of an item means for answers already given: its sort, and grading them again."""
