#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Files of hints, read and damaged by docs/formats.md alone, sharing no line with the program.
hints.py check ARCHIVE HINTS: every record is of a ballot of the archive, every hint is a point of the curve, and
8 times it is the credential, alpha or beta that stands in the ballot; prints how many records there are.
hints.py order ARCHIVE HINTS: every record is whole and of a ballot of the archive, in the order of its log, each
once; prints how many there are.
hints.py relabel HINTS ARCHIVE OUT: the same hints, in their order, said to be of the ballots of another archive.
hints.py reorder|twice|swap|flip|zero|long|empty|shorter HINTS OUT [SEED]: damaged in this way."""
import hashlib
import json
import random
import sys

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
HEAD = 64
RECORD = 40


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P) % P)


def text_form(p):
    return (p[1] | (p[0] & 1) << 255).to_bytes(32, "big").hex()


def bodies(path):
    data = open(path, "rb").read()
    at = 0
    while at < len(data):
        name = data[at:at + 100].rstrip(b"\0").decode()
        size = int(data[at + 124:at + 135], 8)
        yield name, data[at + 512:at + 512 + size]
        at += 512 + (size + 511) // 512 * 512


def ballots(path):
    """The ballots of an archive, and the fingerprint of its election."""
    found, fingerprint, last = [], None, None
    for name, body in bodies(path):
        if name.endswith(".event.json"):
            try:
                if json.loads(body).get("type") == "Ballot" and last is not None:
                    found.append(last)
            except ValueError:
                pass
            last = None
        elif name.endswith(".data.json"):
            if fingerprint is None:
                fingerprint = hashlib.sha256(body).digest()
            last = body
    return found, fingerprint


def split(path):
    data, records, at = open(path, "rb").read(), [], HEAD
    while at < len(data):
        end = at + RECORD + 64 * int.from_bytes(data[at + 32:at + RECORD], "big")
        records.append(data[at:end])
        at = end
    return data[:HEAD], records


def check(archive, hints):
    found, fingerprint = ballots(archive)
    by_hash = {hashlib.sha256(b).digest(): json.loads(b) for b in found}
    head, records = split(hints)
    assert head[:16] == b"urne-hints-v2\n\0\0" and head[16:48] == fingerprint and head[48:] == bytes(16)
    for r in records:
        ballot = by_hash[r[:32]]
        texts = [ballot["credential"]]
        for answer in ballot["answers"]:
            for choice in answer["choices"]:
                texts += [choice["alpha"], choice["beta"]]
        for i in range((len(r) - RECORD) // 64):
            at = RECORD + 64 * i
            x, y = (int.from_bytes(r[k:k + 32], "little") for k in (at, at + 32))
            assert x < P and y < P and (y * y - x * x - 1 - D * x * x * y * y) % P == 0
            p = (x, y)
            for _ in range(3):
                p = add(p, p)
            assert i >= len(texts) or text_form(p) == texts[i]
    print(len(records))


def order(archive, hints):
    found, fingerprint = ballots(archive)
    head, records = split(hints)
    assert head == b"urne-hints-v2\n\0\0" + fingerprint + bytes(16)
    rest = iter(hashlib.sha256(b).digest() for b in found)
    for r in records:
        assert r[:32] in rest, "not in the order of the log"
        assert len(r) == RECORD + 64 * int.from_bytes(r[32:RECORD], "big"), "torn"
    print(len(records))


def relabel(hints, archive, out):
    head, records = split(hints)
    found, fingerprint = ballots(archive)
    with open(out, "wb") as f:
        f.write(head[:16] + fingerprint + head[48:])
        for ballot, r in zip(found, records):
            f.write(hashlib.sha256(ballot).digest() + r[32:])


def damage(how, hints, out, seed="0"):
    head, records = split(hints)
    rng = random.Random(int(seed))
    if how == "reorder":
        rng.shuffle(records)
    elif how == "twice":
        records += records[::-1]
    elif how == "swap":
        records = [a[:RECORD] + b[RECORD:] for a, b in zip(records, records[1:] + records[:1])]
    elif how == "flip":
        for i, r in enumerate(records):
            at = RECORD + (i * 97 + rng.randrange(64)) % (len(r) - RECORD)
            records[i] = r[:at] + bytes([r[at] ^ 1 << rng.randrange(8)]) + r[at + 1:]
    elif how == "zero":
        records = [r[:RECORD] + bytes(len(r) - RECORD) for r in records]
    elif how == "long":
        records = [r[:32] + rng.randrange(2**57, 2**64).to_bytes(8, "big") + r[RECORD:] for r in records]
    elif how == "empty":
        records = [r[:32] + bytes(8) for r in records] + records
    elif how == "shorter":
        records = [r[:32] + (len(r) // 64 - 1).to_bytes(8, "big") + r[RECORD:-64] for r in records]
    else:
        sys.exit("hints.py: no such damage")
    open(out, "wb").write(head + b"".join(records))


if sys.argv[1] == "check":
    check(*sys.argv[2:])
elif sys.argv[1] == "order":
    order(*sys.argv[2:])
elif sys.argv[1] == "relabel":
    relabel(*sys.argv[2:])
else:
    damage(*sys.argv[1:])
