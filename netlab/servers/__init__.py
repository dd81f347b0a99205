"""Background servers, and serve(handler)."""
