"""The ground every room stands on: who acts, what is done, how it is kept. It knows nothing of the field."""
