"""What typed questions ask for, read from what their author wrote."""
