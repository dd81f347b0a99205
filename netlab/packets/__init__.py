"""Packets: headers parsed, built and explained field by field; checksums; capture files.

Pure: bytes in, values out. Start with packet.py to see the layers, header.py to see how one works.
"""

from netlab.packets import icmpv6, options, tcp_options
from netlab.packets.arp import ARP
from netlab.packets.checksum import internet_checksum, ones_complement_sum
from netlab.packets.errors import PacketError, TruncatedError
from netlab.packets.ethernet import VLAN, Cooked, Ethernet
from netlab.packets.field import Field
from netlab.packets.header import Header
from netlab.packets.icmp import (
    ICMP,
    ICMPEcho,
    ICMPParameterProblem,
    ICMPRedirect,
    ICMPTimeExceeded,
    ICMPUnreachable,
)
from netlab.packets.icmpv6 import ICMPv6
from netlab.packets.ipv4 import IPv4
from netlab.packets.ipv6 import DestinationOptions, Fragment, HopByHop, IPv6, Routing
from netlab.packets.packet import Packet
from netlab.packets.pcap import Pcap, Record, read_pcap, write_pcap
from netlab.packets.peel import Layer
from netlab.packets.summary import Relative
from netlab.packets.tcp import TCP
from netlab.packets.udp import UDP
from netlab.packets.verify import Verdict

__all__ = [
    "ARP",
    "ICMP",
    "TCP",
    "UDP",
    "VLAN",
    "Cooked",
    "DestinationOptions",
    "Ethernet",
    "Field",
    "Fragment",
    "Header",
    "HopByHop",
    "ICMPEcho",
    "ICMPParameterProblem",
    "ICMPRedirect",
    "ICMPTimeExceeded",
    "ICMPUnreachable",
    "ICMPv6",
    "IPv4",
    "IPv6",
    "Layer",
    "Packet",
    "PacketError",
    "Pcap",
    "Record",
    "Relative",
    "Routing",
    "TruncatedError",
    "Verdict",
    "icmpv6",
    "internet_checksum",
    "ones_complement_sum",
    "options",
    "read_pcap",
    "tcp_options",
    "write_pcap",
]
