"""Pages of intervention."""
