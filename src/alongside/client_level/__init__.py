"""The six stages of work with a client, in the field's order; later may look back, earlier never forward."""
