"""Pages of the record: the case itself, and its documents."""
