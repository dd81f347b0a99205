"""What lies between two ends: the link model, and a relay for TCP."""

from netlab.wire.model import Conditions, Link
from netlab.wire.relay import Relay
from netlab.wire.trouble import Trouble

__all__ = ["Conditions", "Link", "Relay", "Trouble"]
