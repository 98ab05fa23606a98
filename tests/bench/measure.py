#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs a command and says what it took: measure.py COMMAND... prints wall seconds, processor seconds,
and the most memory it held at once, in MB (getrusage: pages of its own and of libraries, mapped files
included). What the command prints goes to standard error. Exits as the command does. Figures below
some 10 MB are this program's own."""
import os
import sys
import time

start = time.monotonic()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
                      file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(pid, 0)
wall = time.monotonic() - start
print("%.3f %.3f %.1f" % (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6))
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1)
