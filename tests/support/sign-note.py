#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Signs what is on standard input and prints the signed note.

    sign-note.py KEY... <TEXT

Written from docs/formats.md alone, with openssl for Ed25519, so that it shares no line with urne.
KEY is a file of "urne official key --no-passphrase"."""
import base64
import subprocess
import sys
import tempfile

text = sys.stdin.buffer.read()
note = text + b"\n"
for path in sys.argv[1:]:
    _, name, key_id, secret = open(path).read().strip().split("+", 3)
    seed = base64.b64decode(secret)[1:]
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/key", "wb") as f:
            f.write(bytes.fromhex("302e020100300506032b657004220420") + seed)
        with open(folder + "/text", "wb") as f:
            f.write(text)
        signature = subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", folder + "/key",
             "-in", folder + "/text"], check=True, stdout=subprocess.PIPE).stdout
    line = base64.b64encode(bytes.fromhex(key_id) + signature).decode()
    note += "\u2014 {} {}\n".format(name, line).encode()
sys.stdout.buffer.write(note)
