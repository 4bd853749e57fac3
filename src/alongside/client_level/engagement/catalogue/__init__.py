"""What this room puts on the timeline and into the printed file."""
