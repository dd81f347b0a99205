"""axe-core finds no serious or critical fault in the explorers that have no other test for it."""

import pytest
from lessons import ROOT

from tests.browser.explorer_tools import Shown

pytestmark = pytest.mark.browser
READERS = """from netlab import CutPointExplorer, HeaderInspector, RoundTripMonitor
def read_line(sock):
    data = b""
    while b"\\n" not in data:
        data += sock.recv(4096)
    return data.split(b"\\n")[0]"""
CAPTURE = str(ROOT / "notebooks" / "11-headers" / "one-request.pcap")


@pytest.mark.parametrize(
    "cell",
    [
        "CutPointExplorer({read_line: [b'on;21\\n', b'off;21\\n']})",
        f"HeaderInspector({CAPTURE!r})",
        "RoundTripMonitor()",
    ],
    ids=["cut points", "header inspector", "monitor"],
)
def test_no_serious_fault(explore, cell):
    page = explore(READERS, cell).page
    assert Shown(page, 1).faults() == []
