"""Classes in the browser: the teacher's pages, the join page, and links that sign a student in."""
