"""Form fields that hold the values of an item's content: one for each widget of a `FieldSpec`."""
