"""Where the nodes of a network go: inches from the upper left, for a picture 6.4 inches wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from netlab.charts.style import WIDTH

Places = dict[str, tuple[float, float]]
Ends = Sequence[tuple[str, str]]
ROOMY, SNUG = 4, 7  # columns at most for addresses on the links, and below the nodes
MARGIN, TALL = 0.55, 1.15  # inches: beside the outer nodes; a row
CROWD, ROWS = 10, 10  # columns and rows at most
RADII = (2.85, 2.35, 1.85)  # inches: the rings of a star, the outermost first


def layout(names: Sequence[str], ends: Ends) -> tuple[Places, int]:
    """Each node's place, and how many columns there are beside each other (0: a star).

    Chains go from left to right in the order of the text, branches below. A long chain turns
    at the margin, a large star becomes rings, and what is larger still rows of nodes.
    """
    places = _grid(ends)
    columns, rows = (int(max(at) - min(at)) + 1 for at in zip(*places.values(), strict=True))
    if rows == 1 and len(ends) == len(names) - 1 and columns > SNUG:
        across = SNUG if len(names) <= 4 * SNUG else CROWD
        return _inches(_snake(names, across)), across
    if columns <= CROWD and rows <= ROWS:
        return _inches(places), columns
    hub, links = Counter(name for pair in ends for name in pair).most_common(1)[0]
    if links > len(ends) / 2:
        return _rings(hub, [name for name in names if name != hub]), 0
    return _inches(_snake(names, CROWD)), CROWD


def _grid(ends: Ends) -> Places:
    """Columns and rows: the first chain is row 0, later ones take the first free row."""
    chains: list[list[str]] = []
    for a, b in ends:
        if chains and chains[-1][-1] == a:
            chains[-1].append(b)
        else:
            chains.append([a, b])
    places: Places = {}
    for chain in chains:
        new = [name for name in dict.fromkeys(chain) if name not in places]
        while new:
            at = chain.index(new[0])
            run = [new.pop(0)]
            while new and chain.index(new[0]) == at + len(run):
                run.append(new.pop(0))
            before = places.get(chain[at - 1]) if at else None
            after = places.get(chain[at + len(run)]) if at + len(run) < len(chain) else None
            if before and after:
                first = (before[0] + after[0] - len(run) + 1) / 2
                row = max(before[1], after[1]) + 1
            elif before:
                first, row = before[0] + 1, before[1]
            else:
                first, row = (after[0] - len(run), after[1]) if after else (0, 0)
            spots = {first + i for i in range(len(run))}
            while any(y == row and abs(x - spot) < 1 for x, y in places.values() for spot in spots):
                row += 1
            places |= {name: (first + i, row) for i, name in enumerate(run)}
    return places


def _snake(names: Sequence[str], across: int) -> Places:
    """Rows that run to the right and to the left in turn."""
    places = {}
    for i, name in enumerate(names):
        row, column = divmod(i, across)
        places[name] = (float(column if row % 2 == 0 else across - 1 - column), float(row))
    return places


def _inches(places: Places) -> Places:
    left, right = (edge(x for x, _ in places.values()) for edge in (min, max))
    top = min(y for _, y in places.values())
    step = (WIDTH - 2 * MARGIN) / max(right - left, 2)
    spare = (WIDTH - 2 * MARGIN - step * (right - left)) / 2
    rows = max(y for _, y in places.values()) - top
    tall = TALL * (min(1, SNUG / max(rows, 1)) if right - left < SNUG else 0.5)
    return {
        n: (MARGIN + spare + step * (x - left), tall * (y - top)) for n, (x, y) in places.items()
    }


def _rings(hub: str, others: Sequence[str]) -> Places:
    """The hub in the middle, the others around it in as many rings as they need."""
    rings = RADII[: 1 + len(others) // 30]
    places = {hub: (WIDTH / 2, RADII[0])}
    for i, name in enumerate(others):
        turn, radius = 2 * pi * i / len(others) - pi, rings[i % len(rings)]
        places[name] = (WIDTH / 2 + radius * cos(turn), RADII[0] + radius * sin(turn))
    return places


def lift(places: Mapping[str, tuple[float, float]], a: str, b: str) -> float:
    """How far (inches) the line from a to b must rise to pass over the nodes between them."""
    (low, row), (high, other) = sorted((places[a], places[b]))
    between = sum(low < x < high and y == row == other for x, y in places.values())
    return 0.5 + 0.2 * between if between else 0.0
