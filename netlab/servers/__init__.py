"""Background servers, and serve(handler). Imports nothing: the child needs only its own side."""
