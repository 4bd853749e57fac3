"""Walks through the pages in a real browser, against the program as it is served."""
