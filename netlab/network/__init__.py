"""The rootless network: real hosts with the kernel's own TCP/IP, joined by modelled links."""
