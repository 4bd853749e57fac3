"""Alongside: case management for the people who help people."""
