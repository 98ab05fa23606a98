#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""opened.py ELECTION AUDIT: computes every ciphertext of an opened ballot again, from docs/protocol.md
(the randomness of a ballot) and docs/formats.md, sharing no line with the program. Ed25519 only. Prints
how many there are; 1 when one differs."""
import hashlib
import json
import struct
import sys

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def chacha20(key, nonce, length):
    def rotate(v, n):
        return (v << n | v >> (32 - n)) & 0xFFFFFFFF

    def quarter(x, a, b, c, d):
        for left, right, other, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[left] = (x[left] + x[right]) & 0xFFFFFFFF
            x[other] = rotate(x[other] ^ x[left], n)

    out = b""
    for block in range((length + 63) // 64):
        start = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key)
                     + struct.unpack("<2I", struct.pack("<Q", block))
                     + struct.unpack("<2I", struct.pack("<Q", nonce)))
        x = start[:]
        for _ in range(10):
            for i in range(4):
                quarter(x, i, 4 + i, 8 + i, 12 + i)
            for i in range(4):
                quarter(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
        out += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(x, start)))
    return out[:length]


class Stream:
    def __init__(self, seed):
        self.seed, self.request = seed, 0

    def number(self):
        block = chacha20(self.seed, self.request, 48)
        self.request += 1
        return int.from_bytes(block, "little") % Q

    def skip(self, num):
        self.request += num


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f, g, h = x1 * y2 + y1 * x2, z1 * z2 - D * t1 * t2, z1 * z2 + D * t1 * t2, y1 * y2 + x1 * x2
    return e * f % P, g * h % P, f * g % P, e * h % P


def power(a, n):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, a)
        a = add(a, a)
        n >>= 1
    return out


def text(a):
    inverse = pow(a[2], P - 2, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return f"{y + (x & 1) * 2**255:064x}"


def point(hexadecimal):
    n = int(hexadecimal, 16)
    y, sign = n % 2**255, n >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def drawn_by_proofs(question, num):
    """How many numbers the proofs of an answer draw."""
    if question.get("type") == "Lists":
        return 4 * num + 2 + 4 * len(question["value"]["answers"]) + 3
    blank = bool(question.get("blank"))
    return 4 * num + 2 * (question["max"] - question["min"] + 1) + (2 + 4 if blank else 0)


def ciphertexts(answer, question):
    choices = answer["choices"]
    return [c for row in choices for c in row] if question.get("type") == "Lists" else choices


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        election = json.load(f)
    with open(sys.argv[2], encoding="utf-8") as f:
        audit = json.load(f)
    g, y = point("66" * 31 + "58"), point(election["public_key"])
    stream, num = Stream(bytes.fromhex(audit["seed"])), 0
    for question, answer, marks in zip(election["questions"], audit["ballot"]["answers"],
                                       audit["choices"], strict=True):
        for c, m in zip(ciphertexts(answer, question), marks, strict=True):
            r = stream.number()
            if (c["alpha"], c["beta"]) != (text(power(g, r)), text(add(power(y, r), power(g, m)))):
                sys.exit(f"opened.py: ciphertext {num + 1} differs")
            num += 1
        stream.skip(drawn_by_proofs(question, len(marks)))
    ballot = json.dumps(audit["ballot"], separators=(",", ":"), ensure_ascii=False).encode()
    print(num, "ciphertexts; SHA-256 of the ballot", hashlib.sha256(ballot).hexdigest())


main()
