"""What servers and relays share: a child process, a listener, a log, a handle."""
