"""Planning: goals, measured objectives, activities, decisions to wait, signatures (practice P1-P8)."""
