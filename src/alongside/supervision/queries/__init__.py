"""Reads of the room: whose cases one carries, what waits on a person today, and finding a client."""
