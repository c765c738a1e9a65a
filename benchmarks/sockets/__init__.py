"""Two thousand sockets beside REST: `make soak-sockets`."""
