#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The header Urne-Trustee of a file of the ceremony, written from docs/journal.md and
docs/protocol.md and not from the program's source.

trustee-note.py SEEDFILE NAME ORIGIN UUID ROUND TRUSTEE FILE: prints it in Base64, signed with the
identity of the seed under NAME, whatever the place is.
"""
import base64
import hashlib
import subprocess
import sys
import tempfile

seed_file, name, origin, uuid, round_, trustee, body = sys.argv[1:8]
seed = hashlib.sha256(b"urne-identity|" + open(seed_file, "rb").read().strip()).digest()
der = bytes.fromhex("302e020100300506032b657004220420") + seed
text = (f"urne-ceremony/1\n{origin}\n{uuid}\n{round_}\n{trustee}\n"
        f"{hashlib.sha256(open(body, 'rb').read()).hexdigest()}\n").encode()
with tempfile.TemporaryDirectory() as d:
    open(d + "/key", "wb").write(der)
    open(d + "/text", "wb").write(text)
    key = ["-inkey", d + "/key", "-keyform", "DER"]
    public = subprocess.run(["openssl", "pkey", "-in", d + "/key", "-inform", "DER", "-pubout",
                             "-outform", "DER"], check=True, capture_output=True).stdout[-32:]
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin"] + key +
                               ["-in", d + "/text"], check=True, capture_output=True).stdout
ident = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
note = text + b"\n" + f"\u2014 {name} {base64.b64encode(ident + signature).decode()}\n".encode()
print(base64.b64encode(note).decode())
