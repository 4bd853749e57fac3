"""Proofs about the house itself: its rooms, its sizes, its words. They read the source and need no database."""
