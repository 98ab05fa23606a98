#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A board for tests of its clients, written from the documentation and not from the board's source.

stand-in-board.py SERVICE MODE_FILE OFFICIAL...: listens on a free port of 127.0.0.1, prints it and
the log's public key, and keeps elections and the journal in memory. OFFICIAL is a file with a
verifier key; one official is enough for an order. It believes every ballot, order and rehearsal, and
takes every event that a test sends, which no board does. MODE_FILE holds a word that says how it
misbehaves (see MODES); it is read at each request. What is not said to be of the journal is of the
elections alone. It ends when standard input does.
"""
import base64
import calendar
import hashlib
import http.server
import json
import os
import sys
import threading
import time

MODES = """honest
busy            ballots: 503 twice, then taken
lost            ballots: taken, then the connection breaks, three times
broken          ballots: taken, then 500
refuse          ballots: 409, not taken
first-receipt   ballots: taken, answered with the receipt of the first ballot
forged-receipt  ballots: taken, the signature in the receipt is another one
long-receipt    ballots: taken, answered with more than any receipt has
hints           the status asks for hints, and ballots with them are taken
hints-415       it asks for them, and refuses their type
hints-413       the same, because of the length
hints-silent    they would be taken, and the status does not ask for them
other-key       the policy names another key, which signs
forged-root     checkpoints are signed over another root
empty           checkpoints are signed over an empty log
other-object    the objects differ from their names in a byte
other-entry     the first entry of the log is another one
other-archive   election.bel differs in its last ballot
forgetful       the last entry is gone, and another comes in its place
old-archive     election.bel is the one from before that
late            election.bel lacks its last event, twice
ahead           election.bel has one event more than is signed
wrong-height    events: taken, the answer names another place
forged-behind   checkpoints are signed over one entry less, and another root
wrong-part      a part of a file begins and ends a byte before what was asked, and says so
down            everything: 500
early           voting is ended before the checkpoint is shown
other-tile      the tiles of hashes differ in a byte
other-tail      election.bel differs in its last byte but 600
other-setup     the draft of the Setup differs in its last byte but 500
other-definition the draft of the definition, likewise
journal-entry   orders: taken, the answer names another entry
journal-root    the journal's checkpoints are signed over another root
journal-hidden  there is no journal"""

# --- Ed25519, RFC 8032 ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p=(BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    inverse = pow(q[2], P - 2, P)
    x, y = q[0] * inverse % P, q[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


class Key:
    def __init__(self, seed):
        h = hashlib.sha512(seed).digest()
        self.a = (int.from_bytes(h[:32], "little") & (2**254 - 8)) | 2**254
        self.prefix = h[32:]
        self.public = times(self.a)

    def sign(self, text):
        r = number(self.prefix, text) % L
        commitment = times(r)
        s = (r + number(commitment, self.public, text) % L * self.a) % L
        return commitment + s.to_bytes(32, "little")

    def id(self, name):
        return sha(name.encode() + b"\n\x01" + self.public)[:4]

    def vkey(self, name):
        return f"{name}+{self.id(name).hex()}+{b64(bytes([1]) + self.public)}"


def sha(b):
    return hashlib.sha256(b).digest()


def b64(b):
    return base64.b64encode(b).decode()


def tracker(h):
    return b64(h).rstrip("=")


# --- RFC 6962 ---

def leaf(b):
    return sha(b"\x00" + b)


def root(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


def inclusion(m, leaves):
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return inclusion(m, leaves[:k]) + [root(leaves[k:])]
    return inclusion(m - k, leaves[k:]) + [root(leaves[:k])]


# --- the archive's records ---

def record(name, body, mtime):
    head = bytearray(512)
    head[0:len(name)] = name.encode()
    head[100:124] = b"0000644\0" + 2 * b"0000000\0"
    head[124:136] = b"%011o\0" % len(body)
    head[136:148] = mtime
    head[148:157] = b" " * 8 + b"0"
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + body + bytes(-len(body) % 512)


class Log:
    def __init__(self, uuid):
        self.uuid, self.origin = uuid, f"{SERVICE}/{uuid}"
        self.events, self.objects, self.ballots = [], {}, {}
        self.last, self.bel, self.definition = {}, b"", None
        self.old_bel = b""
        self.at = []  # where each event begins in the archive

    def leaves(self):
        return [leaf(e) for e in self.events]

    def lie(self, mode):
        """The lie that is this log's."""
        lies = mode.startswith("journal-") == (self is JOURNAL)
        return mode if lies else "honest"

    def checkpoint(self, mode):
        size = {"ahead": len(self.events) - 1, "empty": 0,
                "forged-behind": len(self.events) - 1}.get(mode, len(self.events))
        r = root(self.leaves()[:size])
        if mode in ("forged-root", "forged-behind", "journal-root"):
            r = sha(r)
        text = f"{self.origin}\n{size}\n{b64(r)}\n"
        key = OTHER if mode == "other-key" else KEY
        signature = key.sign(text.encode())
        return f"{text}\n— {self.origin} {b64(key.id(self.origin) + signature)}\n"

    def put(self, kind, datas, mtime):
        """The records, then the event with their last as payload; its height."""
        e = '{"parent":"%s",' % sha(self.events[-1]).hex() if self.events else "{"
        e += f'"height":{len(self.events)},"type":"{kind}"'
        if datas:
            e += f',"payload":"{sha(datas[-1]).hex()}"'
        e = e.encode() + b"}"
        self.at.append(len(self.bel))
        for d in datas:
            self.objects[sha(d).hex()] = d
            self.bel += record(f"{sha(d).hex()}.data.json", d, mtime)
        self.bel += record(f"{sha(e).hex()}.event.json", e, mtime)
        self.events.append(e)
        return len(self.events) - 1

    def forget(self):
        h = json.loads(self.events.pop()).get("payload", "")
        self.ballots.pop(bytes.fromhex(h), None)
        self.last, self.old_bel = {}, self.bel
        self.bel = self.bel[:self.at.pop()]

    def cast(self, text):
        h = sha(text)
        if h not in self.ballots:
            credential = json.loads(text)["credential"]
            height = self.put("Ballot", [text], self.bel[136:148])
            self.ballots[h] = (height, self.last.get(credential))
            self.last[credential] = h
        return h

    def receipt(self, h, mode):
        index, replaced = self.ballots[h]
        proof = "c2sp.org/tlog-proof@v1\n"
        proof += f"extra {b64(self.events[index])}\nindex {index}\n"
        for p in inclusion(index, self.leaves()):
            proof += b64(p) + "\n"
        proof += "\n" + self.checkpoint(mode)
        r = {"format": "urne-receipt/1", "election": self.uuid, "tracker": tracker(h),
             "height": index}
        if replaced:
            r["replaces"] = tracker(replaced)
        r["proof"] = proof
        return json.dumps(r, ensure_ascii=False, separators=(",", ":")).encode()

    def tile(self, path):
        """tile/LEVEL/... or tile/entries/..., full or partial."""
        parts = path.split("/")
        width = 256
        if parts[-2].endswith(".p"):
            width, parts = int(parts[-1]), parts[:-1]
            parts[-1] = parts[-1][:-2]
        n = int("".join(p.lstrip("x") for p in parts[2:]))
        if parts[1] == "entries":
            some = self.events[256 * n:256 * n + width]
            return b"".join(len(e).to_bytes(2, "big") + e for e in some)
        step = 256**int(parts[1])
        nodes = [root(self.leaves()[i * step:(i + 1) * step])
                 for i in range(256 * n, 256 * n + width)
                 if (i + 1) * step <= len(self.events)]
        return b"".join(nodes) if len(nodes) == width else None


class Journal(Log):
    """docs/journal.md: what is ordered is done at once."""

    def __init__(self, officials):
        super().__init__("journal")
        self.closes, self.moment = {}, 0
        self.bel = record("BELENIOS", b'{"version":1,"timestamp":"0"}', b"%011o\0" % 0)
        self.write("Genesis", {"format": "urne-journal/1", "name": "Les Essais",
                               "service": SERVICE, "agree": 1, "officials": officials})
        self.write("Record", {"record": "software", "hash": sha(b"stand-in-board").hex()})

    def write(self, kind, fields, datas=(), at=0):
        """The entry; `at` is the moment before which it cannot stand."""
        self.moment = max(int(time.time()), at, self.moment)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.moment))
        payload = json.dumps({"at": moment, **fields}, ensure_ascii=False, separators=(",", ":"))
        return self.put(kind, [*datas, payload.encode()], b"%011o\0" % 0)

    def found(self, kind, log):
        """What the board finds in a log: its tree. Voting is not over before it closes."""
        self.write("Record", {"record": kind, "election": log.uuid, "size": len(log.events),
                              "root": root(log.leaves()).hex()},
                   at=self.closes.get(log.uuid, 0) if kind == "closed" else 0)

    def obey(self, note):
        lines = note.split("\n\n")[0].split("\n")
        action, uuid, values = lines[2], lines[3], dict(v.split(" ", 1) for v in lines[5:])
        if action == "seal":
            found, mtime = records(DRAFTS[uuid, "setup"])
            log = LOGS[uuid] = Log(uuid)
            log.bel = record("BELENIOS", found[0], mtime)
            log.definition = DRAFTS.get((uuid, "definition"))
            log.put("Setup", found[1:], mtime)
            if values["kind"] == "vote" and values["closes"] != "-":
                self.closes[uuid] = calendar.timegm(
                    time.strptime(values["closes"], "%Y-%m-%dT%H:%M:%SZ"))
        log = LOGS.get(uuid)
        if action == "close":
            log.put("EndBallots", [], log.bel[136:148])
        entry = self.write("Order", {"order": note})
        if action in ("open", "close"):
            self.found({"open": "opened", "close": "closed"}[action], log)
        return entry


def records(body):
    """The bodies in archive framing; what names the archive's time."""
    found, mtime, at = [], body[136:148], 0
    while at < len(body):
        size = int(body[at + 124:at + 135], 8)
        found.append(body[at + 512:at + 512 + size])
        at += 512 + size + -size % 512
    return found, mtime


def flip(b, at):
    return b[:at] + bytes([b[at] ^ 1]) + b[at + 1:]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, more=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def problem(self, status, detail, more=()):
        text = {"type": "about:blank", "title": "Refused", "status": status, "detail": detail}
        self.answer(status, json.dumps(text).encode(),
                    [("Content-Type", "application/problem+json"), *more])

    def where(self):
        parts = self.path.split("/", 3)
        self.mode = open(MODE_FILE).read().strip()
        if len(parts) < 4 or parts[1] != "bb":
            return None, ""
        return parts[2], parts[3]

    def do_GET(self):
        with LOCK:
            uuid, path = self.where()
            log = LOGS.get(uuid)
            draft = DRAFTS.get((uuid, path[len("draft/"):]))
            if self.mode == "down":
                body = None
            elif draft is not None:
                lie = self.mode == "other-" + path[len("draft/"):]
                body = flip(draft, len(draft) - 500) if lie else draft
            else:
                self.mode = log.lie(self.mode) if log else self.mode
                body = self.resource(log, path) if log else None
        if self.mode == "down":
            self.problem(500, "something broke")
            return
        if body is None:
            self.problem(404, "there is no such thing")
            return
        start = self.headers.get("Range", "")
        if start:
            first, end = start[len("bytes="):].split("-")
            first, whole = int(first), len(body)
            body = body[:int(end) + 1] if end else body
            if first >= len(body):
                self.problem(416, "no more", [("Content-Range", f"bytes */{whole}")])
                return
            if self.mode == "wrong-part":
                first, body = first - 1, body[:-1]
            self.answer(206, body[first:], [
                ("Content-Range", f"bytes {first}-{len(body) - 1}/{whole}")])
            return
        self.answer(200, body)

    def resource(self, log, path):
        global LATE
        if self.mode == "journal-hidden":
            return None
        if path == "orders":
            return b'{"agree":1,"orders":[]}'
        if self.mode == "early" and b'"EndBallots"' not in log.events[-1]:
            log.put("EndBallots", [], log.bel[136:148])
        if path == "archive-header":
            return log.bel[512:512 + int(log.bel[124:135], 8)]
        if path == "status" and self.mode.startswith("hints"):
            return json.dumps({"hints": self.mode != "hints-silent", "hinted": HINTED}).encode()
        if path == "policy":
            key = OTHER if self.mode == "other-key" else KEY
            return f"log {key.vkey(log.origin)} http://board\nquorum none\n".encode()
        if path == "checkpoint":
            return log.checkpoint(self.mode).encode()
        if path == "vote.json":
            return log.definition
        if path == "election.bel" and self.mode == "late" and LATE < 2:
            LATE += 1
            return log.bel[:log.at[-1]]
        if path == "election.bel" and self.mode == "other-tail":
            return flip(log.bel, len(log.bel) - 600)
        if path == "election.bel" and self.mode == "old-archive":
            return log.old_bel
        if path == "election.bel":
            at = max((log.at[i] for i, _ in log.ballots.values()), default=0)
            return flip(log.bel, at + 600) if self.mode == "other-archive" else log.bel
        if path.startswith("objects/"):
            found = log.objects.get(path[len("objects/"):])
            return flip(found, 20) if found and self.mode == "other-object" else found
        if path.startswith("tile/"):
            found = log.tile(path)
            bad = self.mode == "other-entry" and path.startswith("tile/entries/0")
            bad |= self.mode == "other-tile" and not path.startswith("tile/entries/")
            return flip(found, 40) if found and bad else found
        return None

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def do_PUT(self):
        body = self.body()
        with LOCK:
            uuid, path = self.where()
            order = self.headers.get("Urne-Order")
            if order is None or b"urne-order/1\n" not in base64.b64decode(order):
                self.problem(403, "nobody signed for this draft")
                return
            DRAFTS[uuid, path[len("draft/"):]] = body
        self.answer(200, json.dumps({"election": uuid, "draft": path[len("draft/"):],
                                     "repeated": False}).encode())

    def do_POST(self):
        body = self.body()
        with LOCK:
            uuid, path = self.where()
            if path == "ballots":
                self.ballot(LOGS.get(uuid), body)
            elif path == "orders":
                self.order(body)
            elif path == "rehearsals":
                self.rehearsal(uuid, body)
            else:
                self.event(LOGS[uuid], path.split("/")[1], body)

    def order(self, note):
        _, _, action, uuid = note.decode().split("\n")[:4]
        if action == "close" and any(b'"EndBallots"' in e for e in LOGS[uuid].events):
            self.problem(409, "the election is closed")
            return
        entry = JOURNAL.obey(note.decode())
        if self.mode == "journal-entry":
            entry += 1
        self.answer(200, json.dumps({"order": sha(note.split(b"\n\n")[0] + b"\n").hex(),
                                     "state": "executed", "entry": entry}).encode())

    def rehearsal(self, uuid, body):
        (partial, about), _ = records(body)
        trustee = json.loads(about)["owner"]
        JOURNAL.write("Record", {"record": "rehearsed", "election": uuid, "trustee": trustee,
                                 "object": sha(partial).hex()}, [partial])
        self.answer(200, json.dumps({"election": uuid, "trustee": trustee,
                                     "repeated": False}).encode())

    def ballot(self, log, body):
        global BUSY, LOST, HINTED
        if log is None:
            self.problem(404, "there is no such election")
            return
        if self.headers.get("Content-Type") == "application/vnd.urne.hinted-ballot":
            if self.mode in ("hints-415", "hints-413"):
                self.problem(int(self.mode[6:]), "a ballot alone, please")
                return
            body, hints = body.split(b"\n", 1)
            points = body.count(b'"alpha"') * 2 + body.count(b'"challenge"') * 2
            if len(hints) != 64 * points:
                self.problem(400, f"{len(hints)} bytes of hints for {points} points")
                return
            HINTED += 1
        if self.mode == "refuse":
            self.problem(409, "the election is closed")
            return
        if self.mode == "busy" and BUSY < 2:
            BUSY += 1
            self.problem(503, "too many at once", [("Retry-After", "1")])
            return
        if self.mode == "forgetful":
            log.forget()
        h = log.cast(body)
        if self.mode == "lost" and LOST < 3:
            LOST += 1  # libcurl asks once more by itself on a connection that was open before
            self.close_connection = True
            return
        if self.mode == "broken":
            self.problem(500, "something broke")
            return
        if self.mode == "long-receipt":
            self.answer(200, b" " * (2 << 20))
            return
        if self.mode == "first-receipt":
            h = min(log.ballots, key=lambda b: log.ballots[b][0])
        text = log.receipt(h, self.mode)
        if self.mode == "forged-receipt":
            at = text.rindex(b"=") - 8
            text = text[:at] + (b"A" if text[at:at + 1] != b"A" else b"B") + text[at + 1:]
        self.answer(200, text)

    def event(self, log, kind, body):
        found, _ = records(body)
        height = log.put(kind, found, log.bel[136:148])
        if kind in FOUND:
            JOURNAL.found(FOUND[kind], log)
        if self.mode == "wrong-height":
            height -= 1
        self.answer(200, json.dumps(
            {"election": log.uuid, "event": kind, "height": height}).encode())


FOUND = {"EndBallots": "closed", "EncryptedTally": "tallied"}
SERVICE, MODE_FILE = sys.argv[1], sys.argv[2]
KEY, OTHER = Key(bytes(range(32))), Key(bytes(range(32, 64)))
DRAFTS, LOCK, BUSY, LOST, LATE, HINTED = {}, threading.Lock(), 0, 0, 0, 0
JOURNAL = Journal([open(path).read().strip() for path in sys.argv[3:]])
LOGS = {"journal": JOURNAL}
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], KEY.vkey(SERVICE), flush=True)
sys.stdin.read()
os._exit(0)
