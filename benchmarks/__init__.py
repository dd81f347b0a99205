"""Each figure that netlab claims, measured beside a named peer in the same run."""
