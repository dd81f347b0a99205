"""tshark's reading of packets, and ours in the same words."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from netlab.packets import (
    ARP,
    ICMP,
    TCP,
    UDP,
    VLAN,
    Ethernet,
    Fragment,
    Header,
    ICMPv6,
    IPv4,
    IPv6,
    Packet,
    Record,
    Routing,
    write_pcap,
)
from netlab.packets import tcp_options as t
from netlab.packets.ipv4_options import RecordRoute
from netlab.packets.ipv6 import Extension
from tests.tools import need

Words = dict[str, list[Any]]

# our header and attribute, and what tshark calls it
NAMES = {
    Ethernet: "destination eth.dst, source eth.src",
    VLAN: "priority vlan.priority, drop_eligible vlan.dei, vlan vlan.id",
    ARP: "hardware_type arp.hw.type, protocol_type arp.proto.type, hardware_length arp.hw.size, "
    "protocol_length arp.proto.size, opcode arp.opcode, sender_mac arp.src.hw_mac, "
    "sender_ip arp.src.proto_ipv4, target_mac arp.dst.hw_mac, target_ip arp.dst.proto_ipv4",
    IPv4: "version ip.version, dscp ip.dsfield.dscp, ecn ip.dsfield.ecn, total_length ip.len, "
    "identification ip.id, reserved ip.flags.rb, dont_fragment ip.flags.df, "
    "more_fragments ip.flags.mf, fragment_offset ip.frag_offset, ttl ip.ttl, protocol ip.proto, "
    "checksum ip.checksum, source ip.src, destination ip.dst",
    IPv6: "version ipv6.version, dscp ipv6.tclass.dscp, ecn ipv6.tclass.ecn, flow_label ipv6.flow, "
    "payload_length ipv6.plen, next_header ipv6.nxt, hop_limit ipv6.hlim, source ipv6.src, "
    "destination ipv6.dst",
    Fragment: "next_header ipv6.fraghdr.nxt, fragment_offset ipv6.fraghdr.offset, "
    "more_fragments ipv6.fraghdr.more, identification ipv6.fraghdr.ident",
    Routing: "routing_type ipv6.routing.type, segments_left ipv6.routing.segleft",
    ICMP: "type icmp.type, code icmp.code, checksum icmp.checksum, identifier icmp.ident, "
    "sequence_number icmp.seq, gateway icmp.redir_gw, pointer icmp.pointer",
    ICMPv6: "type icmpv6.type, code icmpv6.code, checksum icmpv6.checksum, "
    "identifier icmpv6.echo.identifier, sequence_number icmpv6.echo.sequence_number, "
    "mtu icmpv6.mtu, pointer icmpv6.pointer, hop_limit icmpv6.nd.ra.cur_hop_limit, "
    "managed icmpv6.nd.ra.flag.m, other icmpv6.nd.ra.flag.o, "
    "router_lifetime icmpv6.nd.ra.router_lifetime, reachable_time icmpv6.nd.ra.reachable_time, "
    "retrans_timer icmpv6.nd.ra.retrans_timer, router icmpv6.nd.na.flag.r, "
    "solicited icmpv6.nd.na.flag.s, override icmpv6.nd.na.flag.o",
    UDP: "source_port udp.srcport, destination_port udp.dstport, length udp.length, "
    "checksum udp.checksum",
    TCP: "source_port tcp.srcport, destination_port tcp.dstport, sequence_number tcp.seq_raw, "
    "acknowledgment_number tcp.ack_raw, window tcp.window_size_value, checksum tcp.checksum, "
    "urgent_pointer tcp.urgent_pointer",
}
PAIRS = {kind: [pair.split() for pair in text.split(", ")] for kind, text in NAMES.items()}
TARGETS = {
    135: ["icmpv6.nd.ns.target_address"],
    136: ["icmpv6.nd.na.target_address"],
    137: ["icmpv6.nd.rd.target_address", "icmpv6.rd.na.destination_address"],
}
MORE = [
    "eth.type",
    "vlan.etype",
    "ip.hdr_len",
    "ip.checksum.status",
    "ip.opt.type",
    "ipv6.hopopts.nxt",
    "ipv6.hopopts.len",
    "ipv6.dstopts.nxt",
    "ipv6.dstopts.len",
    "ipv6.routing.nxt",
    "ipv6.routing.len",
    "ipv6.opt.type",
    "ipv6.opt.length",
    "icmp.checksum.status",
    "icmp.mtu",
    "icmpv6.checksum.status",
    "udp.checksum.status",
    "tcp.checksum.status",
    "tcp.hdr_len",
    "tcp.flags",
    "tcp.len",
    "tcp.option_kind",
    "tcp.option_len",
    "tcp.options.mss_val",
    "tcp.options.wscale.shift",
    "tcp.options.timestamp.tsval",
    "tcp.options.timestamp.tsecr",
    "tcp.options.sack_le",
    "tcp.options.sack_re",
]
ALL = sorted(
    {name for pairs in PAIRS.values() for _, name in pairs}
    | {name for names in TARGETS.values() for name in names}
    | set(MORE)
)
KEEP = [
    "eth",
    "ethertype",
    "frame",
    "pkt",
    "vlan",
    "arp",
    "ip",
    "ipv6",
    "icmp",
    "icmpv6",
    "udp",
    "tcp",
    "data",
    "_ws.malformed",
    "_ws.expert",
    "_ws.short",
    "_ws.unreassembled",
    "ipv6.hopopts",
    "ipv6.dstopts",
    "ipv6.routing",
    "ipv6.fraghdr",
    "tcp.options",
    "udp.options",
    "sll",
    "llc",
]
UNKNOWN = {30, 94, 158}  # experimental types of IPv4 options (RFC 4727): tshark names none
LOOSE = {"ip.opt.type", "tcp.option_kind", "ipv6.opt.type"}  # tshark skips some of these
OPINION = ["_ws.malformed", "_ws.short", "_ws.expert.severity", "_ws.expert.message"]
WARNING = 0x600000
STATES = {"bad": 0, "good": 1, "offloaded": 0, "unknown": 2, "absent": 3}


def ours(packet: Packet) -> Words:
    """The fields of a packet in tshark's names, numbers as int."""
    found: Words = defaultdict(list)
    for header in packet:
        for kind, pairs in PAIRS.items():
            if isinstance(header, kind):
                for attribute, name in pairs:
                    if hasattr(header, attribute):
                        found[name].append(plain(getattr(header, attribute)))
        special(header, found, packet)
    names = {"IPv4": "ip", "ICMPv6": "icmpv6", "ICMP": "icmp", "UDP": "udp", "TCP": "tcp"}
    for verdict in packet.verify():
        illegal = verdict.layer == "UDP" and verdict.state == "bad" and verdict.stated == 0
        state = 4 if illegal else STATES[verdict.state]
        found[f"{names[verdict.layer]}.checksum.status"].append(state)
    return {name: values for name, values in found.items() if values}


def special(header: Header, found: Words, packet: Packet) -> None:
    """What tshark says otherwise than by a field of its own."""
    match header:
        case Ethernet(type=number) if number > 1500 or number == 0:
            found["eth.type"].append(number)
        case VLAN(type=number) if number > 1500:
            found["vlan.etype"].append(number)
        case IPv4():
            found["ip.hdr_len"].append(header.ihl * 4)
            types = [option.fields[0].value for option in header.options]
            found["ip.opt.type"] += [kind for kind in types if kind not in UNKNOWN]
            found["ip.dst"][-1] = header.last_destination
        case IPv6():
            found["ip.version"].append(6)
        case Extension():
            name = {"Routing": "routing", "HopByHop": "hopopts", "DestinationOptions": "dstopts"}
            name = f"ipv6.{name[type(header).__name__]}"
            found[f"{name}.nxt"].append(header.next_header)
            found[f"{name}.len"].append(header.extension_length)
            for option in getattr(header, "options", ()):
                found["ipv6.opt.type"].append(option.type)
                if hasattr(option, "length"):
                    found["ipv6.opt.length"].append(option.length)
        case ICMP(type=3, code=4):
            found["icmp.mtu"].append(header.next_hop_mtu)
        case ICMPv6() if header.type in TARGETS:
            for name, attribute in zip(
                TARGETS[header.type], ["target", "destination"], strict=False
            ):
                found[name].append(getattr(header, attribute))
        case TCP():
            found["tcp.hdr_len"].append(header.data_offset * 4)
            found["tcp.flags"].append(int.from_bytes(bytes(header)[12:14], "big") & 0xFFF)
            fragment = packet.get(Fragment) or packet.get(IPv4)
            if not (fragment and fragment.is_fragment):
                found["tcp.len"].append(len(packet.payload))
            for option in header.options:
                tcp_option(option, found)


def tcp_option(option: Header, found: Words) -> None:
    found["tcp.option_kind"] += [option.kind, *getattr(option, "padding", b"")]
    if hasattr(option, "length"):
        found["tcp.option_len"].append(option.length)
    match option:
        case t.MaximumSegmentSize():
            found["tcp.options.mss_val"].append(option.mss)
        case t.WindowScale():
            found["tcp.options.wscale.shift"].append(option.shift)
        case t.Timestamps():
            found["tcp.options.timestamp.tsval"].append(option.value)
            found["tcp.options.timestamp.tsecr"].append(option.echo)
        case t.SACK():
            for left, right in option.blocks:
                found["tcp.options.sack_le"].append(left)
                found["tcp.options.sack_re"].append(right)


def plain(value: Any) -> Any:
    return int(value) if isinstance(value, int) else value


def read(text: str) -> Any:
    """tshark's text as a number, if it is one."""
    try:
        return int(text, 0)
    except ValueError:
        return {"True": 1, "False": 0}.get(text, text)


@lru_cache
def profile(folder: Path) -> dict[str, str]:
    """An environment in which tshark knows only the protocols that we compare."""
    tool = need("tshark")
    listing = subprocess.run([tool, "-G", "protocols"], capture_output=True, text=True, check=True)
    names = {line.split("\t")[2] for line in listing.stdout.splitlines() if line.count("\t") >= 2}
    home = folder / "wireshark"
    home.mkdir(exist_ok=True)
    (home / "disabled_protos").write_text("\n".join(sorted(names - set(KEEP))) + "\n")
    return {**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}


def tshark(frames: Sequence[bytes], folder: Path, extra: Iterable[str] = ()) -> list[Words]:
    """What tshark reads in each frame, by one call."""
    file = folder / "frames.pcap"
    write_pcap(file, [Record(i * 1000, frame) for i, frame in enumerate(frames)])
    command = [need("tshark"), "-n", "-r", str(file), "-T", "json"]
    for name in (*ALL, *extra):
        command += ["-e", name]
    for preference in (
        *["ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE"],
        *["ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.analyze_sequence_numbers:FALSE"],
    ):
        command += ["-o", preference]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env=profile(folder), timeout=300
    )
    layers = [frame["_source"].get("layers", {}) for frame in json.loads(run.stdout)]
    return [{name: [read(v) for v in values] for name, values in one.items()} for one in layers]


def differences(packet: Packet, theirs: Words, *, spoiled: bool = False) -> list[str]:
    """Where the two readings differ.

    What an ICMP error quotes comes later in tshark's lists. Of a spoiled packet tshark may read
    more than we do, or stop at an exception: what both read must be equal.
    """
    mine = ours(packet)
    quotes = packet.quoted is not None or spoiled
    stopped = "_ws.malformed" in theirs
    found = []
    for name in ALL:
        we, they = mine.get(name, []), theirs.get(name, [])
        if name == "ip.dst" and astray(packet):
            continue
        unknown = spoiled and we == [STATES["unknown"]]  # tshark judges even so
        if name.endswith(".checksum.status") and (astray(packet) or packet.error or unknown):
            continue
        if name == "ipv6.opt.type" and not packet.payload:
            we, they = without_pads(we), without_pads(they)
        if spoiled and name in LOOSE:
            passed_over = not we or all(kind in we for kind in they) or quotes_more(packet)
            equal = passed_over or (packet.error is not None and we == they[: len(we)])
        elif quotes or name == "ip.dst":
            equal = they[: len(we)] == we or (stopped and we[: len(they)] == they)
        else:
            equal = we == they
        if not equal:
            found.append(f"{name}: ours {we}, tshark's {they}")
    return found


def without_pads(types: list[Any]) -> list[Any]:
    """tshark misses a Pad1 that is the very last byte of a packet."""
    return [kind for kind in types if kind != 0]


def astray(packet: Packet) -> bool:
    """A source route whose pointer points at no address: nobody knows the last destination."""
    ip = packet.get(IPv4)
    routes = [o for o in ip.options if isinstance(o, RecordRoute)] if ip else []
    return any(option.pointer < 4 or option.pointer % 4 for option in routes)


def quotes_more(packet: Packet) -> bool:
    """What follows may be a packet for tshark where it is payload for us."""
    return packet.icmp is not None


def complains(theirs: Words) -> str:
    """tshark's opinion: "malformed", "warns" or "content"."""
    if "_ws.malformed" in theirs or "_ws.short" in theirs:
        return "malformed"
    worst = max(theirs.get("_ws.expert.severity", [0]))
    return "warns" if worst >= WARNING else "content"
