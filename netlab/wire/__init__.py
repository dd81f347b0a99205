"""What lies between two ends."""
