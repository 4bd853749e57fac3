"""Deeds, looks and histories that nobody can change unseen: stamps, the tree, its heads, and the proof (practice C5, D5).

`stamps` marks each row as the program's own, `tree` is the hash tree, `folding` puts new rows into it and `heads` tells of
it outside the database, `proof` finds whatever was changed, removed or inserted afterwards.
"""
