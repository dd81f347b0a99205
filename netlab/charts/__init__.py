"""Charts: one file each, one style, every one a Chart that shows, describes and saves itself."""

from netlab.charts.byte_map import byte_map
from netlab.charts.chart import Chart
from netlab.charts.compare import compare
from netlab.charts.ladder import ladder
from netlab.charts.queues import queues
from netlab.charts.rtt import rtt
from netlab.charts.theory import against_theory
from netlab.charts.topology import topology
from netlab.charts.waterfall import waterfall

__all__ = [
    "Chart",
    "against_theory",
    "byte_map",
    "compare",
    "ladder",
    "queues",
    "rtt",
    "topology",
    "waterfall",
]
