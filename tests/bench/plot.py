#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Draws what a ballot costs against how many there are: plot.py bench.json > performance.svg.
One line per method; the same input gives the same bytes. Both scales are logarithmic. The cost is
processor time, all threads together: what others do on the machine meanwhile does not count."""
import json
import math
import sys

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 78, 250, 56, 56
FONT = "font-family='DejaVu Sans, Verdana, sans-serif'"
# method, group: what stands beside the line, its colour, its dashes
LINES = [
    ("belenios-tool", "BELENIOS-2048", "belenios-tool (BELENIOS-2048)", "#7b3294", "2,3"),
    ("exact", "BELENIOS-2048", "exact (BELENIOS-2048)", "#a6611a", "2,3"),
    ("libsodium", "Ed25519", "libsodium's calls alone", "#666666", "7,4"),
    ("admission", "Ed25519", "a board's admission", "#e08214", "7,4"),
    ("exact", "Ed25519", "exact", "#0571b0", ""),
    ("hints", "Ed25519", "with hints", "#1a7837", ""),
]


def read(path):
    """The points of each line: {(method, group): [(ballots, us), ...]}."""
    points = {}
    with open(path, encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            if row["bench"] == "archive" and row["threads"] == 1:
                points.setdefault((row["method"], row["group"]), []).append(
                    (row["ballots"], row["cpu_us_per_ballot"]))
            elif row["bench"] == "exact_ballot_10_libsodium":
                # single ballots: the same whatever their number
                points[("libsodium", "Ed25519")] = [(None, row["median_us"])]
            elif row["bench"] == "board_ceiling":
                points[("admission", "Ed25519")] = [
                    (row["ballots"], 1e6 * row["threads"] / row["ballots_per_s"])]
    return points


def spread(wanted):
    """Heights of labels, in their order from the top, at least a line apart."""
    out = []
    for y in wanted:
        out.append(y if not out else max(y, out[-1] + 17))
    over = (out[-1] - (HEIGHT - BOTTOM)) if out else 0
    return [y - max(over, 0) for y in out]


def main():
    points = read(sys.argv[1])
    sizes = [n for line in points.values() for n, _ in line if n is not None]
    costs = [us for line in points.values() for _, us in line]
    x0, x1 = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    y0, y1 = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))
    x1 = max(x1, x0 + 1)
    y1 = max(y1, y0 + 1)

    def px(n):
        return LEFT + (math.log10(n) - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)

    def py(us):
        return HEIGHT - BOTTOM - (math.log10(us) - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)

    out = ["<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'>" % (
        WIDTH, HEIGHT, WIDTH, HEIGHT),
        "<title>Cost of verifying a ballot against the number of ballots</title>",
        "<rect width='%d' height='%d' fill='white'/>" % (WIDTH, HEIGHT),
        "<text x='%d' y='26' font-size='16' %s>Verifying one ballot of 10 options: microseconds of processor time</text>" % (LEFT, FONT)]

    def text(x, y, size, anchor, fill, words):
        out.append("<text x='%.1f' y='%.1f' font-size='%d' text-anchor='%s' fill='%s' %s>%s</text>" % (
            x, y, size, anchor, fill, FONT, words.replace("&", "&amp;").replace("<", "&lt;")))

    def rule(xa, ya, xb, yb, colour):
        out.append("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>" % (xa, ya, xb, yb, colour))

    for k in range(y0, y1 + 1):
        rule(LEFT, py(10 ** k), WIDTH - RIGHT, py(10 ** k), "#bbbbbb")
        text(LEFT - 8, py(10 ** k) + 4, 12, "end", "black", format(10 ** k, ",d"))
        for d in range(2, 10) if k < y1 else []:
            rule(LEFT, py(d * 10 ** k), WIDTH - RIGHT, py(d * 10 ** k), "#eeeeee")
    for k in range(x0, x1 + 1):
        rule(px(10 ** k), TOP, px(10 ** k), HEIGHT - BOTTOM, "#bbbbbb")
        text(px(10 ** k), HEIGHT - BOTTOM + 18, 12, "middle", "black", format(10 ** k, ",d"))
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, 13, "middle", "black", "ballots in the archive")

    labels = []
    for method, group, words, colour, dashes in LINES:
        line = sorted(points.get((method, group), []), key=lambda p: p[0] or 0)
        if not line:
            continue
        if line[0][0] is None:
            line = [(10 ** x0, line[0][1]), (10 ** x1, line[0][1])]
        else:
            out.extend("<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>" % (px(n), py(us), colour)
                       for n, us in line)
        style = "stroke='%s' stroke-width='2' fill='none'%s" % (
            colour, " stroke-dasharray='%s'" % dashes if dashes else "")
        out.append("<polyline %s points='%s'/>" % (
            style, " ".join("%.1f,%.1f" % (px(n), py(us)) for n, us in line)))
        labels.append((py(line[-1][1]), px(line[-1][0]), colour,
                       "%s: %s" % (words, format(round(line[-1][1]), ",d"))))
    labels.sort()
    for (y, x, colour, words), at in zip(labels, spread([label[0] for label in labels])):
        out.append("<polyline stroke='%s' stroke-width='0.6' fill='none' points='%.1f,%.1f %.1f,%.1f'/>" % (
            colour, x + 5, y, WIDTH - RIGHT + 8, at))
        text(WIDTH - RIGHT + 12, at + 4, 12, "start", colour, words)
    out.append("</svg>")
    print("\n".join(out))


main()
