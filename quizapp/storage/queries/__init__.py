"""Named reads. They return columns, not object graphs; every list has an order and a limit."""
