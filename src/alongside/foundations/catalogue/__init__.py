"""What the ground puts on shelves, one file each."""
