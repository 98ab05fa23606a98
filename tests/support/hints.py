#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Files of hints, read and damaged by docs/formats.md alone, sharing no line with the program.
hints.py check ARCHIVE HINTS: every record is of a data record of the archive, every hint is a point of the curve, and
8 times it is the element that stands there, if it stands there; prints how many records there are.
hints.py order ARCHIVE HINTS: every record is whole and of a data record of the archive, in the order of its log, each
once; prints how many there are.
hints.py relabel HINTS ARCHIVE OUT: the same hints, in their order, said to be of the records of another archive.
hints.py reorder|twice|swap|exchange|flip|zero|long|empty|shorter HINTS OUT [SEED]: damaged in this way."""
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


def served(path):
    """The data records of an archive that may have hints, in its order, and the fingerprint of its election."""
    found, fingerprint, data = [], None, []
    which = {"Setup": 2, "Ballot": 0, "PartialDecryption": 0}
    for name, body in bodies(path):
        if name.endswith(".event.json"):
            try:
                at = which.get(json.loads(body).get("type"))
                if at is not None and at < len(data):
                    found.append(data[at])
            except ValueError:
                pass
            data = []
        elif name.endswith(".data.json"):
            if fingerprint is None:
                fingerprint = hashlib.sha256(body).digest()
            data.append(body)
    return found, fingerprint


def flat(x):
    return [t for y in x for t in flat(y)] if isinstance(x, list) else [x]


def texts_of(record):
    """The points whose text stands in a data record, in the order of their hints, and how many there are in all;
    of a ballot that is not counted."""
    if isinstance(record, list):
        texts = [entry.split(",")[0] for entry in record]
        return texts, len(texts)
    if "decryption_factors" in record:
        texts = flat(record["decryption_factors"])
        return texts, 3 * len(texts)
    texts = [record["credential"]]
    for answer in record["answers"]:
        for choice in answer["choices"]:
            for c in choice if isinstance(choice, list) else [choice]:
                texts += [c["alpha"], c["beta"]]
        if "nonzero_proof" in answer:
            texts.append(answer["nonzero_proof"]["commitment"])
    return texts, None


def split(path):
    data, records, at = open(path, "rb").read(), [], HEAD
    while at < len(data):
        end = at + RECORD + 64 * int.from_bytes(data[at + 32:at + RECORD], "big")
        records.append(data[at:end])
        at = end
    return data[:HEAD], records


def check(archive, hints):
    found, fingerprint = served(archive)
    by_hash = {hashlib.sha256(b).digest(): json.loads(b) for b in found}
    head, records = split(hints)
    assert head[:16] == b"urne-hints-v2\n\0\0" and head[16:48] == fingerprint and head[48:] == bytes(16)
    for r in records:
        texts, num = texts_of(by_hash[r[:32]])
        assert num in (None, (len(r) - RECORD) // 64)
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
    found, fingerprint = served(archive)
    head, records = split(hints)
    assert head == b"urne-hints-v2\n\0\0" + fingerprint + bytes(16)
    rest = iter(hashlib.sha256(b).digest() for b in found)
    for r in records:
        assert r[:32] in rest, "not in the order of the log"
        assert len(r) == RECORD + 64 * int.from_bytes(r[32:RECORD], "big"), "torn"
    print(len(records))


def relabel(hints, archive, out):
    head, records = split(hints)
    found, fingerprint = served(archive)
    with open(out, "wb") as f:
        f.write(head[:16] + fingerprint + head[48:])
        for record, r in zip(found, records):
            f.write(hashlib.sha256(record).digest() + r[32:])


def damage(how, hints, out, seed="0"):
    head, records = split(hints)
    rng = random.Random(int(seed))
    if how == "reorder":
        rng.shuffle(records)
    elif how == "twice":
        records += records[::-1]
    elif how == "swap":
        points = [[r[i:i + 64] for i in range(RECORD, len(r), 64)] for r in records]
        records = [a[:RECORD] + b"".join(p[1:] + p[:1]) for a, p in zip(records, points)]
    elif how == "exchange":
        for n in {len(r) for r in records}:
            same = [i for i, r in enumerate(records) if len(r) == n]
            new = [records[a][:RECORD] + records[b][RECORD:] for a, b in zip(same, same[1:] + same[:1])]
            for i, r in zip(same, new):
                records[i] = r
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
