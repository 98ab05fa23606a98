#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command in a pseudo terminal and speaks with it: terminal.py DIALOGUE COMMAND...

DIALOGUE is a file of lines "EXPECTED<TAB>TYPED". Each waits until EXPECTED stands in what the command
has written since the last line was typed, and a prompt, which ends in a colon and a space, behind it;
then it types TYPED. White space of any kind counts as one space; ^M stands for an empty line, ^D for
the end of the input, ^C for an interrupt. "EXPECTED<TAB>!PROGRAM<TAB>TYPED" runs PROGRAM before it
types: what happens elsewhere while somebody thinks. Everything that the terminal shows goes to standard output. The exit status is
the command's, 99 when it does not say what is expected within two minutes."""
import os
import pty
import select
import signal
import subprocess
import sys
import time

PATIENCE = 120


def shown(text):
    sys.stdout.write(text.decode("utf-8", "replace").replace("\r\n", "\n"))
    sys.stdout.flush()


class Terminal:
    def __init__(self, command):
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            # whoever started this may ignore it, as shells do for what runs behind them
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(command[0], command)
        self.text = b""

    def read(self, deadline):
        """Reads on; False at the end of the command's output, or when time is up."""
        ready, _, _ = select.select([self.tty], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            more = os.read(self.tty, 65536)
        except OSError:
            return False
        shown(more)
        self.text += more
        return len(more) > 0

    def asks(self, piece):
        heard = self.text.decode("utf-8", "replace")
        return heard.endswith(": ") and piece in " ".join(heard.split())

    def expect(self, piece):
        deadline = time.monotonic() + PATIENCE
        while not self.asks(piece):
            if not self.read(deadline):
                self.give_up(piece)

    def give_up(self, piece):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        print(f"\nterminal.py: expected {piece!r}", file=sys.stderr)
        sys.exit(99)

    def type(self, line):
        self.text = b""
        os.write(self.tty, {b"^M": b"\n", b"^D": b"\x04", b"^C": b"\x03"}.get(line, line + b"\n"))

    def end(self):
        deadline = time.monotonic() + PATIENCE
        while self.read(deadline):
            pass
        if time.monotonic() >= deadline:
            self.give_up("the end of the command")
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def main():
    terminal = Terminal(sys.argv[2:])
    with open(sys.argv[1], "rb") as dialogue:
        for line in dialogue.read().splitlines():
            expected, _, typed = line.partition(b"\t")
            terminal.expect(" ".join(expected.decode().split()))
            if typed.startswith(b"!"):
                program, _, typed = typed[1:].partition(b"\t")
                subprocess.run([program.decode()], check=True, stdout=subprocess.DEVNULL)
            terminal.type(typed)
    status = terminal.end()
    sys.exit(status if status >= 0 else 128 - status)


main()
