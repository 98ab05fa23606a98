#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A web server for tests, of sockets alone so that it can misbehave on purpose.

http-server.py FOLDER [CERTIFICATE KEY]: listens on a free port of 127.0.0.1, prints it, and serves
the files of FOLDER (Range included), the same below /breaks/ with connections that break inside
election.bel, below /stale/ with an election.bel that at first is not all there, and below /bad/ one address per way to misbehave. With a certificate it speaks TLS. It
ends when standard input does.
"""
import os
import re
import socket
import ssl
import sys
import threading
import time

BODY = bytes(i * 7 % 251 for i in range(3000000))


def answer(c, status, headers, body=b"", length=True):
    """One answer; the connection is closed behind it."""
    head = f"HTTP/1.1 {status} x\r\n"
    for name, value in headers:
        head += f"{name}: {value}\r\n"
    if length:
        head += f"Content-Length: {len(body)}\r\n"
    c.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)


def first_of(headers):
    """The first byte that is asked for, or None without Range."""
    m = re.fullmatch(r"bytes=(\d+)-\d*", headers.get("range", ""))
    return int(m.group(1)) if m else None


def end_of(headers, total):
    """Where the part ends that is asked for."""
    m = re.fullmatch(r"bytes=\d+-(\d+)", headers.get("range", ""))
    return min(int(m.group(1)) + 1, total) if m else total


def ranged(c, headers, body, send=None):
    """The part that was asked for; `send` bytes of it and no more, although all are promised."""
    first = first_of(headers)
    total = len(body)
    if first is not None and first >= total:
        return answer(c, 416, [("Content-Range", f"bytes */{total}")])
    end = end_of(headers, total)
    part = body[first or 0:end]
    head = "HTTP/1.1 200 x\r\n"
    if first is not None:
        head = f"HTTP/1.1 206 x\r\nContent-Range: bytes {first}-{end - 1}/{total}\r\n"
    head += f"Content-Length: {len(part)}\r\nConnection: close\r\n\r\n"
    c.sendall(head.encode() + part[:send])


def part(c, headers, content_range, length=10):
    """206 that says this of itself, whatever was asked."""
    extra = [("Content-Range", content_range)] if content_range else []
    answer(c, 206 if first_of(headers) is not None else 200, extra, BODY[:length])


def endless(c, head, piece):
    """Until the other side has enough."""
    c.sendall(head)
    while True:
        c.sendall(piece)


def trickle(c, first):
    """All of it is promised, and comes a few bytes a second; after a minute the rest at once."""
    c.sendall(b"HTTP/1.1 200 x\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n")
    for at in range(0, first, 5):
        c.sendall(BODY[at:at + 5])
        time.sleep(0.5)
    c.sendall(BODY[first:])


STALE = [2, 3]  # what part of election.bel is shown below /stale/ at first
PROBLEM = [("Content-Type", "application/problem+json")]
CHUNK = b"1000\r\n" + b"x" * 4096 + b"\r\n"
BAD = {
    "whole": lambda c, h, b: ranged(c, h, BODY),
    "breaks": lambda c, h, b: ranged(c, h, BODY, 1200000),
    "drips": lambda c, h, b: ranged(c, h, BODY, 1),
    "closed": lambda c, h, b: None,
    "no-ranges": lambda c, h, b: answer(c, 200, [], BODY),
    "other-part": lambda c, h, b: part(c, h, "bytes 3-12/3000000"),
    "backwards": lambda c, h, b: part(c, h, "bytes 10-9/3000000"),
    "beyond": lambda c, h, b: part(c, h, "bytes 10-19/15"),
    "other-length": lambda c, h, b: part(c, h, "bytes 10-2999999/3000000"),
    "unsaid": lambda c, h, b: part(c, h, None),
    "garbled": lambda c, h, b: part(c, h, "bytes=10-19/20"),
    "long-part": lambda c, h, b: part(c, h, "bytes 10-20/3000000", 11),
    "short-of-part": lambda c, h, b: part(c, h, "bytes 10-19/3000000", 9),
    "begun-part": lambda c, h, b: part(c, h, "bytes 10-13/3000000", 4),
    "trickle": lambda c, h, b: trickle(c, 600),
    "pieces": lambda c, h, b: pieces(c, h),
    "shorter": lambda c, h, b: ranged(c, h, BODY[:5]),
    "unmeasured": lambda c, h, b: answer(c, 200, [], BODY[:100], length=False),
    "more-than-said": lambda c, h, b: c.sendall(
        b"HTTP/1.1 206 x\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Range: bytes 10-19/20\r\n\r\n" + CHUNK + b"0\r\n\r\n"),
    "endless": lambda c, h, b: endless(
        c, b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK),
    "endless-headers": lambda c, h, b: endless(c, b"HTTP/1.1 200 x\r\n", b"A: " + b"b" * 999 + b"\r\n"),
    "redirect": lambda c, h, b: answer(c, 302, [("Location", "/bad/whole")]),
    "problem": lambda c, h, b: answer(
        c, 404, PROBLEM, b'{"title":"no such election","detail":"look at /bb/"}'),
    "hostile": lambda c, h, b: answer(c, 409, PROBLEM, b'{"title":"\\u001b[2Jgone"}'),
    "busy": lambda c, h, b: answer(c, 503, PROBLEM + [("Retry-After", "7")], b'{"title":"overloaded"}'),
    "echo": lambda c, h, b: answer(c, 200, [], b"|".join(
        [h["method"].encode(), h.get("urne-order", "").encode(),
         h.get("content-type", "").encode(), b])),
}


def pieces(c, headers):
    """A piece of what was asked for, honestly said."""
    first = first_of(headers)
    if first is None:
        return ranged(c, headers, BODY, 1200000)
    last = min(first + 1200000, len(BODY)) - 1
    answer(c, 206, [("Content-Range", f"bytes {first}-{last}/{len(BODY)}")], BODY[first:last + 1])


def serve(c, folder):
    """One request of one connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = c.recv(65536)
        if not more:
            return
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    method, path, _ = lines[0].split(" ")
    headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:])}
    headers["method"] = method
    while len(body) < int(headers.get("content-length", "0")):
        body += c.recv(65536)
    stale = path.startswith("/stale/") and path.endswith("/election.bel")
    breaks = path.startswith("/breaks/") and path.endswith("/election.bel")
    name = os.path.join(folder, re.sub("^/(breaks|stale)/", "", path).lstrip("/"))
    if path.startswith("/bad/") and path[5:] in BAD:
        BAD[path[5:]](c, headers, body)
    elif ".." not in path and os.path.isfile(name):
        with open(name, "rb") as f:
            data = f.read()
        if stale and STALE:
            data = data[:len(data) // STALE.pop()]
        ranged(c, headers, data, len(data) // 3 + 1 if breaks else None)
    else:
        answer(c, 404, PROBLEM, b'{"title":"not found"}')


def connection(c, context, folder):
    try:
        if context:
            c = context.wrap_socket(c, server_side=True)
        serve(c, folder)
    except OSError:
        pass  # the other side has enough
    finally:
        c.close()


def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    s = socket.create_server(("127.0.0.1", 0))
    print(s.getsockname()[1], flush=True)

    def accept():
        while True:
            c, _ = s.accept()
            threading.Thread(target=connection, args=(c, context, sys.argv[1]), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


main()
