#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Prints protocol.tsv, computed with Python's integers and hashlib alone.

Run from the root of the checkout (make vectors). docs/protocol.md says what each line is.
"""
import base64
import hashlib
import re

PARAMS = open("tools/gen-field-params.c").read()


def decimal(name):
    """A parameter from the decimal text in tools/gen-field-params.c."""
    text = re.search(r'\{"%s", \d+,\s*((?:"[0-9]+"\s*)+)\}' % name, PARAMS).group(1)
    return int("".join(re.findall(r'"([0-9]+)"', text)))


class Field:
    """A subgroup of Z_p*."""

    def __init__(self, name, prefix):
        self.name = name
        self.p, self.g, self.q = (decimal(prefix + v) for v in ("_p", "_g", "_q"))

    def mul(self, a, b):
        return a * b % self.p

    def pow(self, a, n):
        return pow(a, n % self.q, self.p)

    def text(self, a):
        return str(a)


class Edwards:
    """edwards25519 in affine coordinates, by the addition law of RFC 8032."""

    name = "Ed25519"
    q = decimal("ed25519_q")
    p = 2**255 - 19

    def __init__(self):
        self.d = -121665 * self.inv(121666) % self.p
        y = 4 * self.inv(5) % self.p
        xx = (y * y - 1) * self.inv(self.d * y * y + 1) % self.p
        x = pow(xx, (self.p + 3) // 8, self.p)
        if (x * x - xx) % self.p:
            x = x * pow(2, (self.p - 1) // 4, self.p) % self.p
        self.g = (self.p - x if x & 1 else x, y)

    def inv(self, a):
        return pow(a, self.p - 2, self.p)

    def mul(self, a, b):
        (x1, y1), (x2, y2) = a, b
        k = self.d * x1 * x2 * y1 * y2 % self.p
        return (
            (x1 * y2 + x2 * y1) * self.inv(1 + k) % self.p,
            (y1 * y2 + x1 * x2) * self.inv(1 - k) % self.p,
        )

    def pow(self, a, n):
        result, n = (0, 1), n % self.q
        while n:
            if n & 1:
                result = self.mul(result, a)
            a, n = self.mul(a, a), n >> 1
        return result

    def text(self, a):
        return "%064x" % (a[1] + ((a[0] & 1) << 255))


def sha(text):
    return hashlib.sha256(text.encode())


def b64(text):
    return base64.b64encode(sha(text).digest()).decode().rstrip("=")


def row(*fields):
    print("\t".join(str(f) for f in fields))


def schnorr_rows(g):
    for i, x in enumerate((3, int(sha("key").hexdigest(), 16) % g.q)):
        w = int(hashlib.sha512(b"nonce%d" % i).hexdigest(), 16) % g.q
        key, commitment = g.text(g.pow(g.g, x)), g.text(g.pow(g.g, w))
        c = challenge(g, "pok|%s|%s|%s" % (g.name, key, commitment))
        row("pok", g.name, key, c, (w - x * c) % g.q)
        message = '{"a":1}'
        c = challenge(g, "sigmsg|%s|%s" % (message, commitment))
        row("sigmsg", g.name, message, key, c, (w - x * c) % g.q)


def challenge(g, text):
    return int(sha(text).hexdigest(), 16) % g.q


def credential_row(g):
    uuid, credential = "GnQagTgeJqLsvY", "AbCdE-FgHjKL-MnPqR-StUvWx"
    halves = (sha("derive_credential|%s|%d|%s" % (uuid, i, credential)) for i in (0, 1))
    x = int("".join(h.hexdigest() for h in halves), 16) % g.q
    row("credential", g.name, uuid, credential, g.text(g.pow(g.g, x)))


def decrypt_row(g):
    x, w, phi, alpha = 7, 11, b64("election"), g.pow(g.g, 5)
    key = g.text(g.pow(g.g, x))
    a, b = g.text(g.pow(g.g, w)), g.text(g.pow(alpha, w))
    c = challenge(g, "decrypt|%s|%s|%s,%s" % (phi, key, a, b))
    row("decrypt", g.name, phi, key, g.text(alpha), g.text(g.pow(alpha, x)), c, (w - x * c) % g.q)


def bit_row(g):
    """alpha = g^r, beta = y^r g^1: branch 1 is true, branch 0 simulated."""
    s, r, c0, z0, w = "phi|cred", 13, 17, 19, 23
    y, alpha = g.pow(g.g, 9), g.pow(g.g, r)
    beta = g.mul(g.pow(y, r), g.g)
    commitments = (
        g.mul(g.pow(g.g, z0), g.pow(alpha, c0)),
        g.mul(g.pow(y, z0), g.pow(beta, c0)),
        g.pow(g.g, w),
        g.pow(y, w),
    )
    texts = tuple(g.text(e) for e in (alpha, beta) + commitments)
    c1 = (challenge(g, "prove|%s|%s,%s|%s,%s,%s,%s" % ((s,) + texts)) - c0) % g.q
    row("bit", g.name, s, g.text(y), *texts[:2], c0, z0, c1, (w - r * c1) % g.q)


print("# KIND GROUP INPUT... OUTPUT, separated by tabs; made by make-protocol-vectors.py.")
for group in (Edwards(), Field("BELENIOS-2048", "belenios"), Field("RFC-3526-2048", "rfc_3526")):
    for k in (0, 1, 2, 255, group.q - 1):
        row("power", group.name, k, group.text(group.pow(group.g, k)))
    for t in ("", "abc", "prove|x|1,2|3"):
        row("challenge", group.name, t or "-", challenge(group, t))
    schnorr_rows(group)
    credential_row(group)
    decrypt_row(group)
    bit_row(group)
row("base64", "-", "election", b64("election"))
