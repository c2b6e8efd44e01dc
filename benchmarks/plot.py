"""Pictures of figures, written as SVG by hand: no plotting library is needed to look at a few lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_PANELS = (
    ("median", "query, median", 1000, "ms"),
    ("build", "build", 1, "s"),
    ("size", "size", 1e-6, "MB"),
    ("memory", "private memory", 1e-6, "MB"),
)
_COLOURS = ("#0b6e4f", "#c84c09", "#33658a", "#8d6a9f", "#6b6b6b")
_WIDTH, _HEIGHT, _LEFT, _TOP = 240, 190, 52, 46


def growth_plot(rows: Sequence[dict[str, Any]]) -> str:
    """Query time, build time, size and memory over the number of passages, both axes logarithmic."""
    engines = list(dict.fromkeys(row["engine"] for row in rows))
    colour = dict(zip(engines, _COLOURS, strict=False))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(_PANELS) * _WIDTH} {_HEIGHT + 40}"'
        ' font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for place, engine in enumerate(engines):
        parts.append(f'<text x="{_LEFT + 110 * place}" y="16" fill="{colour[engine]}">■ {engine}</text>')
    for place, (key, title, factor, unit) in enumerate(_PANELS):
        points = {
            engine: sorted((row["passages"], row[key] * factor) for row in rows if row["engine"] == engine)
            for engine in engines
        }
        parts.append(f'<g transform="translate({place * _WIDTH} 0)">{_panel(f"{title}, {unit}", points, colour)}</g>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(title: str, points: dict[str, list[tuple[float, float]]], colour: dict[str, str]) -> str:
    everything = [point for line in points.values() for point in line if point[1] > 0]
    across = _scale([x for x, _ in everything], _LEFT, _WIDTH - 26)
    up = _scale([y for _, y in everything], _HEIGHT, _TOP)
    parts = [f'<text x="{_LEFT}" y="{_TOP - 10}" font-weight="bold">{title}</text>']
    for x in sorted({x for x, _ in everything}):
        parts.append(f'<text x="{across(x):.0f}" y="{_HEIGHT + 18}" text-anchor="middle">{_short(x)}</text>')
    for y in sorted({min(y for _, y in everything), max(y for _, y in everything)}):
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{up(y):.0f}" y2="{up(y):.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up(y) + 4:.0f}" text-anchor="end">{_short(y)}</text>')
    for engine, line in points.items():
        places = [(across(x), up(y)) for x, y in line if y > 0]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour[engine]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour[engine]}"/>' for x, y in places]
    return "\n".join(parts)


def _scale(values: list[float], first: float, last: float) -> Any:
    low, high = math.log(min(values)), math.log(max(values))
    span = (high - low) or 1.0
    return lambda value: first + (math.log(value) - low) / span * (last - first)


def _short(value: float) -> str:
    for size, suffix in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{suffix}"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"
