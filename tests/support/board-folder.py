#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes the folder that a board serves for an election, and receipts, from an archive.

Written from RFC 6962, C2SP tlog-tiles, tlog-checkpoint and tlog-proof, in another language than the
verifier that it is made for; signatures are OpenSSL's. It lies on request.

  board-folder.py key [--service S] [--seed N] [--uuid U]   the verifier key, of service or log
  board-folder.py policy FOLDER [--seed N]                  writes the policy again
  board-folder.py make ARCHIVE FOLDER [--vote FILE] [--size N]
  board-folder.py checkpoint ARCHIVE FILE [--size N] [--root-size N] [--uuid U]
  board-folder.py receipt ARCHIVE FILE HEIGHT [--size N] [--replaces TRACKER|-] [--uuid U]
  board-folder.py ballot ARCHIVE FILE HEIGHT
  board-folder.py end ARCHIVE HEIGHT                        the byte behind that event
"""
import argparse
import base64
import hashlib
import json
import os
import subprocess
import tempfile


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def tracker(h):
    return b64(h).rstrip("=")


class Archive:
    """Events, the data of each, and where each ends."""

    def __init__(self, path):
        with open(path, "rb") as f:
            raw = f.read()
        self.raw, self.events, self.data, self.ends = raw, [], [], []
        data, at = [], 0
        while at < len(raw):
            name = raw[at:at + 100].rstrip(b"\0").decode()
            size = int(raw[at + 124:at + 135], 8)
            body = raw[at + 512:at + 512 + size]
            at += 512 + (size + 511) // 512 * 512
            if name.endswith(".event.json"):
                self.events.append(body)
                self.data.append(data)
                self.ends.append(at)
                data = []
            elif name.endswith(".data.json"):
                data.append(body)
        self.uuid = json.loads(self.data[0][0]).get("uuid", "journal")
        self.leaves = [sha(b"\0" + e) for e in self.events]

    def root(self, first, end):
        """MTH of RFC 6962, section 2.1, as it stands there."""
        if end == first:
            return sha(b"")
        if end - first == 1:
            return self.leaves[first]
        k = 1
        while 2 * k < end - first:
            k *= 2
        return sha(b"\1" + self.root(first, first + k) + self.root(first + k, end))

    def path(self, index, first, end):
        """PATH of RFC 6962, section 2.1.1."""
        if end - first == 1:
            return []
        k = 1
        while 2 * k < end - first:
            k *= 2
        if index < first + k:
            return self.path(index, first, first + k) + [self.root(first + k, end)]
        return self.path(index, first + k, end) + [self.root(first, first + k)]

    def before(self, height):
        """The tracker of the ballot of the same credential before that one, or None."""
        own = json.loads(self.data[height][0])["credential"]
        last = None
        for i in range(height):
            if json.loads(self.events[i])["type"] == "Ballot" and \
                    json.loads(self.data[i][0])["credential"] == own:
                last = tracker(sha(self.data[i][0]))
        return last


class Key:
    """An Ed25519 key; its seed is a byte 32 times."""

    def __init__(self, seed):
        self.pem = ("-----BEGIN PRIVATE KEY-----\n" + b64(bytes.fromhex(
            "302e020100300506032b657004220420") + bytes([seed]) * 32) + "\n-----END PRIVATE KEY-----\n")
        self.public = self.run("pkey", ["-pubout", "-outform", "DER"])[-32:]

    def run(self, command, arguments):
        with tempfile.NamedTemporaryFile("w") as f:
            f.write(self.pem)
            f.flush()
            key = ["-in" if command == "pkey" else "-inkey", f.name]
            return subprocess.run(["openssl", command] + key + arguments, check=True,
                                  capture_output=True).stdout

    def id(self, name):
        return sha(name.encode() + b"\n\1" + self.public)[:4]

    def text(self, name):
        return f"{name}+{self.id(name).hex()}+{b64(bytes([1]) + self.public)}"

    def note(self, name, text):
        with tempfile.NamedTemporaryFile("w") as f:
            f.write(text)
            f.flush()
            signature = self.run("pkeyutl", ["-sign", "-rawin", "-in", f.name])
        return f"{text}\n\u2014 {name} {b64(self.id(name) + signature)}\n"


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def number(n):
    """x001/x234/067"""
    groups = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03d}")
    return "/".join(groups)


def tiles(a, folder, size):
    """Every tile of the tree of that size, and the partial ones of the sizes before."""
    for width in range(1, size + 1):
        n, w = (width - 1) // 256, (width - 1) % 256 + 1
        end = number(n) + ("" if w == 256 else f".p/{w}")
        entries = a.events[256 * n:256 * n + w]
        write(f"{folder}/tile/entries/{end}",
              b"".join(len(e).to_bytes(2, "big") + e for e in entries))
        write(f"{folder}/tile/0/{end}", b"".join(a.leaves[256 * n:256 * n + w]))
    for i in range(size // 256):
        write(f"{folder}/tile/1/000.p/{i + 1}",
              b"".join(a.root(256 * k, 256 * k + 256) for k in range(i + 1)))


def checkpoint(o, a):
    size = len(a.events) if o.size is None else o.size
    root_size = size if o.root_size is None else o.root_size
    origin = f"{o.service}/{o.uuid or a.uuid}"
    return o.key.note(origin, f"{origin}\n{size}\n{b64(a.root(0, root_size))}\n")


def policy(o):
    return f"# the key of this log\nlog {o.key.text(o.service)} https://{o.service}\nquorum none\n"


def make(o, a):
    size = len(a.events) if o.size is None else o.size
    write(f"{o.out}/policy", policy(o))
    write(f"{o.out}/checkpoint", checkpoint(o, a))
    write(f"{o.out}/election.bel", a.raw)
    write(f"{o.out}/archive-header", a.raw[512:512 + int(a.raw[124:135], 8)])
    tiles(a, o.out, size)
    for data in a.data[:size]:
        for body in data:
            write(f"{o.out}/objects/{sha(body).hex()}", body)
    if o.vote:
        with open(o.vote, "rb") as f:
            write(f"{o.out}/vote.json", f.read())


def receipt(o, a):
    size = len(a.events) if o.size is None else o.size
    proof = "c2sp.org/tlog-proof@v1\nextra " + b64(a.events[o.height]) + f"\nindex {o.height}\n"
    proof += "".join(b64(h) + "\n" for h in a.path(o.height, 0, size))
    proof += "\n" + checkpoint(o, a)
    r = {"format": "urne-receipt/1", "election": o.uuid or a.uuid,
         "tracker": tracker(sha(a.data[o.height][0])), "height": o.height}
    before = a.before(o.height) if o.replaces is None else o.replaces
    if before and before != "-":
        r["replaces"] = before
    r["proof"] = proof
    write(o.out, json.dumps(r, ensure_ascii=False, separators=(",", ":")))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("command")
    p.add_argument("operands", nargs="*")
    p.add_argument("--service", default="vote.example.org/bb")
    p.add_argument("--seed", type=int, default=7)
    for name in ("size", "root-size"):
        p.add_argument("--" + name, type=int)
    for name in ("uuid", "vote", "replaces"):
        p.add_argument("--" + name)
    o = p.parse_args()
    o.key = Key(o.seed)
    if o.command == "key":
        print(o.key.text(f"{o.service}/{o.uuid}" if o.uuid else o.service))
        return
    if o.command == "policy":
        write(o.operands[0] + "/policy", policy(o))
        return
    a = Archive(o.operands[0])
    if o.command == "end":
        print(a.ends[int(o.operands[1])])
        return
    o.out = o.operands[1]
    if o.command == "ballot":
        write(o.out, a.data[int(o.operands[2])][0])
    elif o.command == "receipt":
        o.height = int(o.operands[2])
        receipt(o, a)
    elif o.command == "checkpoint":
        write(o.out, checkpoint(o, a))
    else:
        make(o, a)


if __name__ == "__main__":
    main()
