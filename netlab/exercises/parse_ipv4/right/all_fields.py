import ipaddress
import struct
from collections import namedtuple

Header = namedtuple(
    "Header", "version_ihl tos total id fragment ttl protocol checksum source destination"
)
LAYOUT = struct.Struct(">BBHHHBBHII")


def parse_ipv4(data):
    header = Header._make(LAYOUT.unpack_from(data))
    start = (header.version_ihl & 0x0F) << 2
    source = str(ipaddress.IPv4Address(header.source))
    destination = str(ipaddress.IPv4Address(header.destination))
    return (header.ttl, source, destination, data[start : header.total])
