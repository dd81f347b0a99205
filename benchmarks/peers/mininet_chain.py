"""Build a chain of COUNT hosts in mininet, direct links and no switch; print what it took (s).

Needs root and Debian's package; run by the system's own Python, which has it.
"""

import sys
import time

from mininet.log import setLogLevel
from mininet.net import Mininet


def build(count: int) -> float:
    began = time.perf_counter()
    net = Mininet(controller=None, waitConnected=False)
    hosts = [net.addHost(f"h{number}", ip=None) for number in range(count)]
    for link in range(count - 1):
        ends = [{"ip": f"10.0.{link}.{end}/30"} for end in (1, 2)]
        net.addLink(hosts[link], hosts[link + 1], params1=ends[0], params2=ends[1])
    net.build()
    for at, host in enumerate(hosts if count > 2 else []):
        routes = []
        for link in range(count - 1):
            if link not in (at - 1, at):
                via = f"10.0.{at - 1}.1" if link < at else f"10.0.{at}.2"
                routes.append(f"route add 10.0.{link}.0/30 via {via}")
        # the fastest way that mininet leaves: one command a host
        text = "\\n".join(routes)
        host.cmd(f"sysctl -qw net.ipv4.ip_forward=1; printf '{text}\\n' | ip -batch -")
    taken = time.perf_counter() - began
    if "0% packet loss" not in hosts[0].cmd(f"ping -c1 -W2 10.0.{count - 2}.2"):
        raise RuntimeError("mininet's chain does not connect its ends")
    net.stop()
    return taken


setLogLevel("critical")
print(build(int(sys.argv[1])))
