#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Judges the evidence that an observer kept, with nothing but its folder and the log's key: written
from the documentation, in another language than the program that kept it; signatures are OpenSSL's.

  evidence.py fork FOLDER KEY     two signed checkpoints that cannot be of one log
  evidence.py event FOLDER KEY    the log has signed this event; prints it; its payload is `payload`
  evidence.py receipt FOLDER KEY  the log has signed the receipt's ballot, and a log without it
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile


def sha(b):
    return hashlib.sha256(b).digest()


def fail(why):
    sys.exit("evidence: " + why)


def read(*path):
    with open(os.path.join(*path), "rb") as f:
        return f.read()


def verify(key, signature, text):
    pem = "-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(
        bytes.fromhex("302a300506032b6570032100") + key).decode() + "\n-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as d:
        for name, data in (("key", pem.encode()), ("sig", signature), ("text", text)):
            with open(os.path.join(d, name), "wb") as f:
                f.write(data)
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey",
                               d + "/key", "-sigfile", d + "/sig", "-in", d + "/text"],
                              capture_output=True, check=False).returncode == 0


def opened(note, vkey):
    """Size and root of a checkpoint that the service's key signed."""
    service, _, key = vkey.strip().split("+", 2)
    text, lines = note.decode().split("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    if not origin.startswith(service):
        fail("a checkpoint of another log: " + origin)
    for line in lines.splitlines():
        _, name, signature = line.split(" ")
        if name == origin and verify(base64.b64decode(key)[1:], base64.b64decode(signature)[4:],
                                     text.encode()):
            return int(size), base64.b64decode(root)
    return fail("the log did not sign this checkpoint")


def tree(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + tree(leaves[:k]) + tree(leaves[k:]))


def leaves_of(folder, size):
    """The hashes of a small log, out of its tile."""
    data = read(folder, f"tile/0/000.p/{size}" if size < 256 else "tile/0/000")
    return [data[i:i + 32] for i in range(0, len(data), 32)]


def fork(folder, vkey, one, two):
    (m, old), (n, new) = sorted((opened(one, vkey), opened(two, vkey)))
    if m == n:
        if old == new:
            fail("the two checkpoints are the same")
        return
    leaves = leaves_of(folder, n)
    if tree(leaves) != new:
        fail("the tile does not lead to the root that was signed")
    if tree(leaves[:m]) == old:
        fail("the one checkpoint continues the other")


def proved(text, vkey):
    """The event of a tlog-proof."""
    head, note = text.split(b"\n\n", 1)
    lines = head.decode().split("\n")
    event, index = base64.b64decode(lines[1][len("extra "):]), int(lines[2][len("index "):])
    size, root = opened(note, vkey)
    r, fn, sn = sha(b"\0" + event), index, size - 1
    for p in (base64.b64decode(x) for x in lines[3:]):  # RFC 9162, section 2.1.3.2
        if fn & 1 or fn == sn:
            r = sha(b"\1" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    if sn or r != root:
        fail("the proof does not lead to the root that was signed")
    return json.loads(event)


def main():
    kind, folder, vkey = sys.argv[1], sys.argv[2], sys.argv[3]
    if kind == "fork":
        fork(folder, vkey, read(folder, "checkpoint.kept"), read(folder, "checkpoint"))
    elif kind == "event":
        event = proved(read(folder, "event.tlog-proof"), vkey)
        if "payload" in event and sha(read(folder, "payload")).hex() != event["payload"]:
            fail("the payload is not that of the event")
        print(event["height"], event["type"])
    else:
        proof = json.loads(read(folder, "receipt.json"))["proof"].encode()
        proved(proof, vkey)
        fork(folder, vkey, proof.split(b"\n\n", 1)[1], read(folder, "checkpoint"))


main()
