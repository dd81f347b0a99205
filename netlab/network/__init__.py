"""The rootless network: hosts with their own kernel network, links with conditions, recordings."""
