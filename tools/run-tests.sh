#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Runs test programs and scripts, several at a time, one line each, and closes with
#     N passed, M failed            or            N passed, M failed, K skipped
# Exit 77 of a test means SKIPPED: counted, and never green. Programs in a folder called ct run
# under valgrind. Exit: 0 all that ran passed; 1 a test failed or none ran; 2 usage.
# TEST_JOBS (default: the cores) and TEST_TIMEOUT (seconds for one test, default 900) can be set.
set -uo pipefail

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
export TOP
export URNE=${URNE:-$TOP/build/bin/urne}
export URNE_VERIFY=${URNE_VERIFY:-$TOP/build/bin/urne-verify}
export URNE_BOARD=${URNE_BOARD:-$TOP/build/bin/urne-board}
# Archives of other programs, when they are at hand; a test without them exits 77.
export URNE_SHARED=${URNE_SHARED:-$TOP/../shared}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1:detect_leaks=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$TOP/tests/support/lsan.supp:print_suppressions=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
jobs=${TEST_JOBS:-$(nproc)}
limit=${TEST_TIMEOUT:-900}
cd "$TOP" || exit 2

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# run_one FILE OUT: runs one test, leaves its output in OUT and "status seconds" in OUT.rc.
run_one()
{
	local file=$1 out=$2 rc start end
	local -a command=()
	case $file in
	*.sh) command=(bash "$file") ;;
	*.mjs) command=(node "$file") ;;
	*/ct/*)
		command=(valgrind -q --error-exitcode=42 --track-origins=yes
			--suppressions=tests/ct/libsodium.supp "$file")
		;;
	*) command=("$file") ;;
	esac
	start=$(date +%s.%N)
	if [ ! -e "$file" ]; then
		echo "no such test: $file" >"$out"
		rc=127
	else
		timeout --kill-after=10 "$limit" "${command[@]}" >"$out" 2>&1 </dev/null
		rc=$?
		if [ "$rc" -eq 124 ]; then
			echo "stopped after $limit seconds" >>"$out"
		fi
	fi
	end=$(date +%s.%N)
	echo "$rc $(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f", b - a }')" >"$out.rc"
	return 0
}

# report NAME OUT: one line, and the output when it matters.
report()
{
	local name=$1 out=$2 rc seconds word
	read -r rc seconds <"$out.rc"
	case $rc in
	0) word=PASS ;;
	77) word=SKIP ;;
	*) word=FAIL ;;
	esac
	printf '%s %s %s\n' "$word" "$name" "$seconds"
	if [ "$word" = FAIL ]; then
		printf -- '---- output of %s (exit %s)\n' "$name" "$rc"
		if [ "$(wc -l <"$out")" -gt 400 ]; then
			head -n 100 "$out"
			echo "[...]"
			tail -n 300 "$out"
		else
			cat "$out"
		fi
		printf -- '---- end of %s\n' "$name"
	fi
	echo "$word $name" >"$out.done"
}

n=0
running=0
for file in "$@"; do
	name=${file#"$TOP"/}
	name=${name#build/}
	n=$((n + 1))
	out=$work/$(printf '%05d' "$n")
	if [ "$running" -ge "$jobs" ]; then
		wait -n
		running=$((running - 1))
	fi
	(
		run_one "$file" "$out"
		exec 9>"$work/lock"
		flock 9
		report "$name" "$out"
	) &
	running=$((running + 1))
done
wait

# A test whose line is missing counts as failed.
passed=0 failed=0 skipped=0
names=()
for ((i = 1; i <= n; i++)); do
	done_file=$work/$(printf '%05d' "$i").done
	read -r word name < <(cat "$done_file" 2>/dev/null)
	case ${word:-} in
	PASS) passed=$((passed + 1)) ;;
	SKIP)
		skipped=$((skipped + 1))
		names+=("$name")
		;;
	*) failed=$((failed + 1)) ;;
	esac
	word='' name=''
done

if [ "$skipped" -gt 0 ]; then
	echo "!!!! SKIPPED, so nothing is known about: ${names[*]}"
fi
status=0
if [ "$failed" -gt 0 ]; then
	status=1
elif [ $((passed + failed)) -eq 0 ]; then
	echo "!!!! no test ran"
	status=1
fi
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
exit "$status"
