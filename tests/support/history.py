#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds the published folder of a log against receipts and checkpoints that were given out before.

    history.py FOLDER CHECKPOINTS RECEIPTS...

Written from RFC 6962 and docs/log.md alone. FOLDER is public/bb/UUID; CHECKPOINTS a file of served
checkpoints, each followed by a line "--"; RECEIPTS files with a receipt document per line. Every
entry of the tiles must be the archive's, chained by height and parent, every tile hash recomputed;
each checkpoint's root that of its first entries; each receipt's event where it says, its ballot an
object, its root the log's. Prints the counts; on the first difference says where, status 1.
Signatures are not its business."""
import base64
import hashlib
import json
import os
import sys


def sha(data):
    return hashlib.sha256(data).digest()


def fail(text):
    print("history:", text, file=sys.stderr)
    sys.exit(1)


def read(*parts):
    with open(os.path.join(*parts), "rb") as f:
        return f.read()


def index_path(n):
    text = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        text = "x%03d/%s" % (n % 1000, text)
    return text


def tile_path(kind, n, width):
    return "tile/%s/%s%s" % (kind, index_path(n), "" if width == 256 else ".p/%d" % width)


class Tree:
    """All roots of growing prefixes, by the compact range of complete subtrees."""

    def __init__(self):
        self.peaks, self.size, self.roots = [], 0, [sha(b"")]
        self.levels = {}

    def add(self, leaf):
        level, index, node = 0, self.size, leaf
        self.levels.setdefault(0, []).append(node)
        while index & 1:
            node = sha(b"\x01" + self.peaks.pop() + node)
            index >>= 1
            level += 1
            self.levels.setdefault(level, []).append(node)
        self.peaks.append(node)
        self.size += 1
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = sha(b"\x01" + peak + root)
        self.roots.append(root)


def archive_events(data):
    at, events, records = 0, [], []
    while at < len(data):
        header = data[at:at + 512]
        name = header[:100].rstrip(b"\0").decode()
        size = int(header[124:135], 8)
        body = data[at + 512:at + 512 + size]
        at += 512 + (size + 511) // 512 * 512
        if name.endswith(".event.json"):
            events.append(body)
        if name != "BELENIOS":
            if hashlib.sha256(body).hexdigest() != name[:64]:
                fail("election.bel: %s is not the hash of its body" % name)
            records.append(name[:64])
    if at != len(data):
        fail("election.bel ends inside a record")
    return events, records


def check_chain(events):
    parent = None
    for height, text in enumerate(events):
        event = json.loads(text)
        if event["height"] != height or event.get("parent") != parent:
            fail("event %d: height or parent is wrong" % height)
        parent = hashlib.sha256(text).hexdigest()


def checkpoint(note):
    origin, size, root = note.split("\n\n")[0].split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def check_tiles(folder, tree, events, size):
    kind, level = 0, 0
    while size >> (8 * kind):
        hashes = tree.levels[level][:size >> level]
        for n in range(0, len(hashes), 256):
            part = hashes[n:n + 256]
            path = tile_path(str(kind), n // 256, len(part))
            if read(folder, path) != b"".join(part):
                fail(path + " is not what the entries give")
        kind, level = kind + 1, level + 8
    for n in range(0, size, 256):
        part = events[n:min(n + 256, size)]
        path = tile_path("entries", n // 256, len(part))
        if read(folder, path) != b"".join(len(e).to_bytes(2, "big") + e for e in part):
            fail(path + " is not the archive's events")


def check_receipt(folder, receipt, events, tree, place):
    proof, rest = receipt["proof"].split("\n\n", 1)
    lines = proof.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
        fail(place + ": no tlog-proof")
    event = base64.b64decode(lines[1][6:])
    index = int(lines[2][6:])
    _, size, root = checkpoint(rest)
    if index != receipt["height"] or index >= len(events) or events[index] != event:
        fail(place + ": entry %d of the log is another one" % index)
    if size > tree.size or tree.roots[size] != root:
        fail(place + ": its checkpoint of %d entries tells another history" % size)
    payload = json.loads(event)["payload"]
    if base64.b64decode(receipt["tracker"] + "=").hex() != payload:
        fail(place + ": its tracker is not that of entry %d" % index)
    if hashlib.sha256(read(folder, "objects", payload)).hexdigest() != payload:
        fail(place + ": the object with its ballot is not the ballot")


def main():
    folder, checkpoints = sys.argv[1:3]
    events, records = archive_events(read(folder, "election.bel"))
    check_chain(events)
    tree = Tree()
    for text in events:
        tree.add(sha(b"\x00" + text))
    _, size, root = checkpoint(read(folder, "checkpoint").decode())
    if size != len(events) or tree.roots[size] != root:
        fail("the published checkpoint is not the root of the archive's %d events" % len(events))
    check_tiles(folder, tree, events, size)
    num = {"checkpoints": 0, "receipts": 0}
    for note in read(checkpoints).decode().split("--\n"):
        if note.strip():
            num["checkpoints"] += 1
            _, n, root = checkpoint(note)
            if n > tree.size or tree.roots[n] != root:
                fail("a served checkpoint of %d entries tells another history" % n)
    seen = set()
    for path in sys.argv[3:]:
        for i, line in enumerate(read(path).decode().splitlines()):
            num["receipts"] += 1
            receipt = json.loads(line)
            check_receipt(folder, receipt, events, tree, "%s:%d" % (path, i + 1))
            seen.add(receipt["tracker"])
    ballots = [json.loads(e)["payload"] for e in events if json.loads(e)["type"] == "Ballot"]
    if len(set(ballots)) != len(ballots):
        fail("a ballot stands in the log twice")
    print("history: %d events, %d receipts of %d ballots, %d checkpoints hold"
          % (len(events), num["receipts"], len(seen), num["checkpoints"]))


main()
