#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Waiting for what happens, and never for a time. Sourced, not run, by what has die.
# shellcheck shell=bash

# await SENTENCE COMMAND...: until COMMAND succeeds. Two minutes are enough on
# the slowest machine; then SENTENCE says what did not come.
await()
{
	local sentence=$1 end=$((SECONDS + 120))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || die "$sentence"
		sleep 0.02
	done
}

# holds FILE PIECE: the file is there and holds PIECE.
holds()
{
	grep -qsF -- "$2" "$1"
}

# waits_in_flock PID: the process waits for a lock that another one has.
waits_in_flock()
{
	grep -q -- "-> FLOCK .* $1 " /proc/locks
}

# has_flock PID: the process has one.
has_flock()
{
	grep -v -- '->' /proc/locks | grep -q "FLOCK .* $1 "
}

# gone PID: the process has ended.
gone()
{
	! kill -0 "$1" 2>/dev/null
}
