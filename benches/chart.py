"""Draws docs/performance.svg from the tables in docs/performance.md: how many times as fast as wasm-tools gcwat is."""

import html
import re
import textwrap

PEER = "wasm-tools parse"
# Row of a table -> its name in the chart, and its class.
BARS = {"one thread": ("one thread", "one"), "two threads": ("two threads", "two")}
# One style for each module: modules printed in other styles have nearly the same ratios.
STYLE = "flat"

WIDTH, LABELS, VALUES = 720, 210, 50
BAR, GAP = 17, 16
CSS = """
  text { font: 14px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 16px }
  .small { font-size: 13px; fill: #59636e }
  .page { fill: #ffffff } .one { fill: #7ba0e0 } .two { fill: #1f4fa8 } .peer { stroke: #59636e; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .small { fill: #9198a1 }
    .page { fill: #0d1117 } .one { fill: #3d62a8 } .two { fill: #8db4f5 } .peer { stroke: #9198a1 }
  }
"""


def tables(page):
    """Returns the tables as pairs of a title and the wall times of the rows."""
    found = []
    for part in re.split(r"^\*\*", page.split("<!-- measured -->")[1], flags=re.MULTILINE)[1:]:
        title = part.split("**")[0]
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()]
        rows = [row for row in cells if len(row) == 7 and re.fullmatch(r"[0-9.]+", row[2])]
        found.append((title, {row[0]: float(row[2]) for row in rows}))
    return found


def draw(page):
    """Returns the chart as SVG."""
    groups = []
    for title, times in tables(page):
        module, _, style = title.partition(", ")
        is_generated = title.startswith("generated: ")
        if PEER in times and (is_generated or style == STYLE):
            speeds = [(BARS[name], times[PEER] / time) for name, time in times.items() if name in BARS]
            groups.append((title if is_generated else module, speeds))
    most = max(speed for _, speeds in groups for _, speed in speeds)
    scale = (WIDTH - LABELS - VALUES) / most
    out = [f'<text class="title" x="12" y="28">Times as fast as {PEER}</text>']
    x = WIDTH - 240
    for name, style in BARS.values():
        out.append(f'<rect class="{style}" x="{x}" y="17" width="14" height="14" rx="2"/>')
        out.append(f'<text class="small" x="{x + 20}" y="28">{name}</text>')
        x += 120
    top = y = 48
    for title, speeds in groups:
        height = BAR * len(speeds)
        lines = textwrap.wrap(title, 27)
        # The label is in the middle of its bars.
        first = y + height / 2 + 5 - 8.5 * (len(lines) - 1)
        for at, line in enumerate(lines):
            out.append(f'<text x="{LABELS - 12}" y="{first + 17 * at:.1f}" text-anchor="end">{html.escape(line)}</text>')
        for at, ((_, style), speed) in enumerate(speeds):
            end = LABELS + scale * speed
            out.append(f'<rect class="{style}" x="{LABELS}" y="{y + BAR * at + 1}" width="{scale * speed:.1f}" height="{BAR - 2}" rx="2"/>')
            out.append(f'<text class="small" x="{end + 6:.1f}" y="{y + BAR * at + 13.5:.1f}">{speed:.1f}</text>')
        y += max(height, 17 * len(lines)) + GAP
    x = LABELS + scale
    out.append(f'<line class="peer" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 4}" y2="{y - GAP + 4}"/>')
    out.append(f'<text class="small" x="{x:.1f}" y="{y + 4}" text-anchor="middle">{PEER}</text>')
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 18}" viewBox="0 0 {WIDTH} {y + 18}" '
            f'role="img" aria-label="Times as fast as {PEER}">\n<style>{CSS}</style>\n'
            f'<rect class="page" width="100%" height="100%"/>\n')
    return head + "\n".join(out) + "\n</svg>\n"
