#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes another archive of an archive, as somebody would who can write every byte of it.

    edit-archive.py IN OUT STEP...

Steps, one after the other; events are named by their height:

    cut N         the first N events
    flip N        one bit of the last data record of event N; nothing is hashed anew
    swap A B      the records of events A and B change places
    drop N        event N is taken out
    again A B     the ballot of event A stands before event B once more
    bad N         a proof of the ballot of event N is changed
    share N       a proof of the partial decryption of event N is changed
    edit N K OLD NEW   data record K of event N: the first OLD becomes NEW
    time T        another timestamp

After all but "flip" every name, payload, link, height and checksum is made anew, so that only the
content tells. Written from docs/formats.md alone."""
import hashlib
import json
import sys


def digest(body):
    return hashlib.sha256(body).hexdigest()


def record(name, body, stamp):
    head = bytearray(512)
    for at, text in ((0, name), (100, "0000644"), (108, "0000000"), (116, "0000000"),
                     (124, "%011o" % len(body)), (136, "%011o" % stamp), (148, " " * 8), (156, "0")):
        head[at:at + len(text)] = text.encode()
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + body + bytes(-len(body) % 512)


def read(data):
    """The timestamp, and per event its data records, and its own body behind them."""
    at, events, bodies = 0, [], []
    while at < len(data):
        size = int(data[at + 124:at + 135], 8)
        name = data[at:at + 100].rstrip(b"\0").decode()
        body = data[at + 512:at + 512 + size]
        at += 512 + (size + 511) // 512 * 512
        if name == "BELENIOS":
            stamp = int(json.loads(body)["timestamp"])
        else:
            bodies.append(body)
            if name.endswith(".event.json"):
                events.append(bodies)
                bodies = []
    return stamp, events


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def write(stamp, events):
    out = [record("BELENIOS", compact({"version": 1, "timestamp": str(stamp)}), stamp)]
    parent = None
    for height, bodies in enumerate(events):
        renamed = {}
        for body in bodies[:-1]:
            was = digest(body.original if isinstance(body, Changed) else body)
            for old, new in renamed.items():
                body = bytes(body).replace(old.encode(), new.encode())
            renamed[was] = digest(bytes(body))
            out.append(record(digest(bytes(body)) + ".data.json", bytes(body), stamp))
        event = json.loads(bodies[-1])
        made = {} if parent is None else {"parent": parent}
        made.update(height=height, type=event["type"])
        if "payload" in event:
            made["payload"] = renamed[event["payload"]]
        body = compact(made)
        parent = digest(body)
        out.append(record(parent + ".event.json", body, stamp))
    return b"".join(out)


class Changed(bytes):
    """A record that was changed: others name it by what it was."""


def changed(old, new):
    made = Changed(new)
    made.original = old
    return made


def add_one(proof):
    proof["response"] = str(int(proof["response"]) + 1)


def main():
    data = open(sys.argv[1], "rb").read()
    stamp, events = read(data)
    steps = sys.argv[3:]
    flipped = None
    while steps:
        step = steps.pop(0)
        if step == "cut":
            del events[int(steps.pop(0)):]
        elif step == "flip":
            flipped = events[int(steps.pop(0))][-2]
        elif step == "swap":
            a, b = int(steps.pop(0)), int(steps.pop(0))
            events[a], events[b] = events[b], events[a]
        elif step == "drop":
            del events[int(steps.pop(0))]
        elif step == "again":
            a, b = int(steps.pop(0)), int(steps.pop(0))
            events.insert(b, list(events[a]))
        elif step == "bad":
            n = int(steps.pop(0))
            ballot = json.loads(events[n][0])
            add_one(ballot["answers"][0]["individual_proofs"][0][0])
            events[n] = [changed(events[n][0], compact(ballot)), events[n][1]]
        elif step == "share":
            n = int(steps.pop(0))
            part = json.loads(events[n][0])
            add_one(part["decryption_proofs"][0][0])
            events[n] = [changed(events[n][0], compact(part))] + events[n][1:]
        elif step == "edit":
            n, k, old, new = int(steps.pop(0)), int(steps.pop(0)), steps.pop(0), steps.pop(0)
            body = events[n][k]
            if old.encode() not in body:
                sys.exit("edit-archive.py: event %d has no %s" % (n, old))
            events[n] = list(events[n])
            events[n][k] = changed(body, body.replace(old.encode(), new.encode(), 1))
        elif step == "alone":
            b, n = int(steps.pop(0)), int(steps.pop(0))
            choices = compact([a["choices"] for a in json.loads(events[b][0])["answers"]])
            sized = json.loads(events[n][1])
            sized.update(num_tallied=1, total_weight=1)
            events[n] = [changed(events[n][0], choices), changed(events[n][1], compact(sized))] + events[n][2:]
        elif step == "time":
            stamp = int(steps.pop(0))
        else:
            sys.exit("edit-archive.py: " + step)
    made = write(stamp, events)
    if flipped is not None:
        at = made.index(flipped) + len(flipped) // 2
        made = made[:at] + bytes([made[at] ^ 1]) + made[at + 1:]
    open(sys.argv[2], "wb").write(made)


main()
