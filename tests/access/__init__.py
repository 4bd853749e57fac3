"""Who may see and change what, tried from every side (practice C4)."""
