"""What lies between two ends: the link model, and a relay for TCP. Imports nothing, as servers."""
