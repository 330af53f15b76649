"""What authors write: the fields of their form, its way into a content, and what makes it sound."""
