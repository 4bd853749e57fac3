"""Documentation: the case file, the Thread, notes and the timeline.

The nouns of the Thread lie here, below the six stages that work on them (decision 0003).
"""
