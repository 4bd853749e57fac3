"""What the nouns of this room put on the timeline and into the printed file."""
