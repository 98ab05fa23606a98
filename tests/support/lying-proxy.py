#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A board that shows one reader something else: it passes everything on to a real board, but what
lies in a folder it answers itself.

lying-proxy.py BOARD FOLDER: listens on a free port of 127.0.0.1 and prints it. GET /bb/UUID/a/b/c
is answered with the file FOLDER/a-b-c when it is there, and with 404 when that is empty. What is
posted to a/b/c is kept as FOLDER/posted-a-b-c. What is posted or put there while FOLDER/lost-a-b-c
exists goes nowhere, and is answered with what is in it, or when that is empty as if it was taken.
Of a page, GET /a/b/c, the body is that of FOLDER/page-a-b-c when it is there, and the header whose name is in
FOLDER/without-a-b-c is left out; browser-a-b-c is the body for those alone who look like a browser. FOLDER/board-UUID holds the address of another board, to which everything about this election goes.
It ends when standard input does.
"""
import http.client
import http.server
import os
import sys
import threading
import urllib.parse

board = urllib.parse.urlsplit(sys.argv[1]).netloc
folder = sys.argv[2]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pass_on(self):
        name = "-".join(self.path.split("/")[3:])
        lie = os.path.join(folder, name)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.command == "GET" and name and os.path.exists(lie):
            told = open(lie, "rb").read()
            return self.reply(200 if told else 404, [], told)
        lost = os.path.join(folder, "lost-" + name)
        if self.command != "GET" and os.path.exists(lost):
            told = open(lost, "rb").read() or b"{}\n"
            return self.reply(200, [("Content-Type", "application/json")], told)
        if self.command == "POST":
            with open(os.path.join(folder, "posted-" + name), "wb") as f:
                f.write(body)
        there = os.path.join(folder, "board-" + "".join(self.path.split("/")[2:3]))
        at = urllib.parse.urlsplit(open(there).read()).netloc if os.path.exists(there) else board
        c = http.client.HTTPConnection(at)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        c.request(self.command, self.path, body=body or None, headers=headers)
        answer = c.getresponse()
        told, sent = answer.read(), answer.getheaders()
        page = self.path[1:].replace("/", "-")
        browser = self.headers.get("User-Agent", "").startswith("Mozilla/") and "gzip" in self.headers.get("Accept-Encoding", "")
        for lie in ["page-"] + ["browser-"] * browser:
            if os.path.exists(os.path.join(folder, lie + page)):
                told = open(os.path.join(folder, lie + page), "rb").read()
                sent = [h for h in sent if h[0].lower() != "content-encoding"]
        if os.path.exists(os.path.join(folder, "without-" + page)):
            lost = open(os.path.join(folder, "without-" + page)).read().strip()
            sent = [h for h in sent if h[0].lower() != lost.lower()]
        return self.reply(answer.status, sent, told)

    do_GET = do_PUT = do_POST = pass_on


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
