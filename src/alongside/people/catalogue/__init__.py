"""What the room puts on shelves, one file each."""
