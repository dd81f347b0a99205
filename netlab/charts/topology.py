"""topology: a network as a picture of its hosts, links, conditions and addresses."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from netlab.charts import style
from netlab.charts.chart import Chart
from netlab.charts.layout import ROOMY, SNUG, layout, lift

if TYPE_CHECKING:
    from netlab.network.plan import LinkPlan, Plan

# kind: shape of its box, the shape's name, colour
KINDS = {
    "host": ("round", "box", "#e3f1fb"),
    "router": ("ellipse", "oval", "#fdebc8"),
    "switch": ("darrow", "double arrow", "#f0f0f0"),
}
LINE, LETTER = 0.135, 0.075  # inches: a line of small print; a letter of a name
WIDE = 9  # letters in a line of a name
MANY = 3  # links: if more are alike, the caption says it once
LISTED = 20  # links described in words
BLANK = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
Words = Sequence[Sequence[str]]


def topology(plan: Plan, *, vehicle: str = "", title: str | None = None, ax: Any = None) -> Chart:
    """Draw a network; vehicle: what carries it, for the caption.

    Chains run from left to right as in the text, branches below. A network too large for
    addresses and labels is drawn with its names only, and the caption says so.
    """
    kinds = {host.name: "router" if host.router else "host" for host in plan.hosts}
    kinds |= dict.fromkeys(plan.switches, "switch")
    places, columns = layout(list(kinds), [link.ends for link in plan.links])
    addressed, roomy = 0 < columns <= SNUG, 0 < columns <= ROOMY
    most, times = Counter(link.words for link in plan.links).most_common(1)[0]
    alike = most if times > MANY or not roomy else None
    unlike = [link.words for link in plan.links if link.words != alike]
    caption = [vehicle] * bool(vehicle)
    caption.append(", ".join(f"{KINDS[k][1]}: {k}" for k in KINDS if k in kinds.values()))
    if alike and any(alike):
        caption.append(f"each {'other ' * bool(unlike)}link: {_in_words(alike)}")
    caption += ["addresses: too many to show"] * (not addressed)
    lines = style.wrap(" · ".join(caption))
    own, tall = ax is None, max(y for _, y in places.values())
    depths = [tall + 0.33]
    for host in plan.hosts if addressed else ():
        # on a link, two routers' addresses stand one below the other
        printed = 2 * len(host.interfaces[0].addresses) if roomy else len(host.addresses)
        depths.append(places[host.name][1] + 0.33 + LINE * printed)
    deep = max(depths) - tall
    above = 0.55 + max(lift(places, *link.ends) for link in plan.links)
    with style.styled():
        if own:
            below = 0.12 + 0.17 * len(lines)
            figure = style.new_figure(above + tall + deep + below + 0.3 * bool(title))
            ax = style.place(figure, 0, below, style.WIDTH, above + tall + deep)
        ax.set(xlim=(0, style.WIDTH), ylim=(tall + deep, -above))
        ax.set_aspect("equal")
        ax.axis("off")
        if title:
            ax.set_title(title, x=0.016)
        for link in plan.links:
            words = ((), ()) if link.words == alike else link.words
            _link(ax, link, places, words, _at_ends(plan, link) if roomy else {})
        for name, (x, y) in places.items():
            _node(ax, x, y, name, kinds[name], addressed)
        for host in plan.hosts:
            if addressed and not (roomy and host.router):
                x, y = places[host.name]
                below_box = 0.1 + 0.07 * len(textwrap.wrap(host.name, WIDE))
                _print(ax, x, y + below_box, host.addresses, va="top", bbox=BLANK)
        style.write_caption(ax, lines, own_figure=own)
    text = "\n".join([f"{title or 'Topology'}: {_counts(kinds, plan)}.", *_described(plan)])
    return Chart(style.root(ax), text, f"{text}\n{vehicle}".strip())


def _node(ax: Axes, x: float, y: float, name: str, kind: str, large: bool) -> None:
    text, size = textwrap.fill(name, WIDE), 9.0 if large else 7.5
    shape, _, colour = KINDS[kind]
    box = {"boxstyle": f"{shape},pad=0.35", "facecolor": colour, "edgecolor": style.INK}
    ax.text(x, y, text, ha="center", va="center", fontsize=size, bbox=box, zorder=3)


def _link(
    ax: Axes,
    link: LinkPlan,
    places: Mapping[str, tuple[float, float]],
    words: Words,
    addresses: Mapping[str, Sequence[str]],
) -> None:
    """A line, its conditions about the middle, addresses near the ends."""
    a, b = sorted(link.ends, key=lambda name: places[name])  # from left to right
    (ax_, ay), (bx, by) = places[a], places[b]
    x, y = (ax_ + bx) / 2, (ay + by) / 2 - lift(places, a, b)
    ax.plot((ax_, x, bx), (ay, y, by), color=style.SOFT, linewidth=1.4, zorder=1)
    there, back = words if link.ends == (a, b) else words[::-1]
    lines = list(there)
    if there != back:
        ways = zip("↓↑" if bx - ax_ < 0.1 else "→←", (there, back), strict=True)
        lines = [f"{arrow} {', '.join(way)}" for arrow, way in ways if way]
    level, lower = ay == y == by, 0.06
    _print(ax, x, y - 0.05 * level, lines, **{"va": "bottom"} if level else {"bbox": BLANK})
    for name, sign in ((a, 1), (b, -1)):
        near, there = places[name], addresses.get(name, ())
        if level:  # one below the other: they are wider than half a link
            beside = near[0] + sign * (0.16 + min(len(name), WIDE) * LETTER / 2)
            ha = "left" if sign > 0 else "right"
            _print(ax, beside, near[1] + lower, there, ha=ha, va="top")
            lower += LINE * len(there)
        else:
            bent = ay == by
            part = 0.5 if bent else 0.66
            at = (near[0] + part * (x - near[0]), near[1] + part * (y - near[1]))
            away = y < near[1] and not bent and x != near[0]  # a lower node's links come close
            ha = ("right" if x < near[0] else "left") if away else "center"
            _print(ax, *at, there, ha=ha, bbox=BLANK)


def _print(ax: Axes, x: float, y: float, lines: Sequence[str], **look: Any) -> None:
    """Small print; nothing if there is nothing to say."""
    if lines:
        look = {"ha": "center", "va": "center", "fontsize": 7.5, "zorder": 2, **look}
        ax.text(x, y, "\n".join(lines), color=style.INK, **look)


def _at_ends(plan: Plan, link: LinkPlan) -> dict[str, Sequence[str]]:
    """Which routers' addresses stand on a link; a host's stand below its box."""
    routers = {host.name for host in plan.hosts if host.router}
    return {name: _addresses(plan, link)[name] for name in link.ends if name in routers}


def _addresses(plan: Plan, link: LinkPlan) -> dict[str, list[str]]:
    """The addresses at each end of a link; none at a switch."""
    found: dict[str, list[str]] = {name: [] for name in link.ends}
    for host in plan.hosts:
        for interface in host.interfaces:
            if plan.links[interface.link] is link:
                found[host.name] = [each.partition("/")[0] for each in interface.addresses]
    return found


def _counts(kinds: Mapping[str, str], plan: Plan) -> str:
    counted = {kind: list(kinds.values()).count(kind) for kind in KINDS}
    plural = {"host": "hosts", "router": "routers", "switch": "switches"}
    parts = [f"{n} {kind if n == 1 else plural[kind]}" for kind, n in counted.items() if n]
    return ", ".join([*parts, f"{len(plan.links)} link{'s' * (len(plan.links) != 1)}"])


def _described(plan: Plan) -> Iterator[str]:
    """alice 198.51.100.1 -- 198.51.100.2 r1: 5 ms, 10 Mbit/s."""
    for link in plan.links[:LISTED]:
        a, b = link.ends
        at = _addresses(plan, link)
        left, right = " ".join([a, ", ".join(at[a])]), " ".join([", ".join(at[b]), b])
        yield f"{left.strip()} -- {right.strip()}: {_in_words(link.words)}"
    if len(plan.links) > LISTED:
        yield f"and {len(plan.links) - LISTED} more links"


def _in_words(words: Words) -> str:
    there, back = (", ".join(way) or "no conditions" for way in words)
    return there if there == back else f"-> {there}; <- {back}"
