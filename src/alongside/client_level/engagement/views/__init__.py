"""Pages of engagement: the door, enrollment, and the People tab of a case."""
