#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command and says what it took: measure.py COMMAND... prints wall seconds, processor seconds,
and the most memory it held at once, in units of 10^6 bytes (pages of its own, of libraries and of mapped
files). What the command prints goes to standard error. Exits as the command does. Memory is the
kernel's high-water mark, asked for every few milliseconds: what getrusage says of a child
begins with the size of this program."""
import os
import sys
import time


def peak(pid, before):
    """VmHWM in kB, or what was known before: a process that has just ended has none."""
    try:
        with open("/proc/%d/status" % pid, encoding="ascii") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return before


start = time.monotonic()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
                      file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
most = 0
ended = 0
while ended == 0:
    most = peak(pid, most)
    ended, status, usage = os.wait4(pid, os.WNOHANG)
    if ended == 0:
        time.sleep(0.005)
wall = time.monotonic() - start
print("%.3f %.3f %.1f" % (wall, usage.ru_utime + usage.ru_stime, most * 1024 / 1e6))
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1)
