"""Tables: columns, relations and constraints. No rules live here; rows hold the domain's values."""
