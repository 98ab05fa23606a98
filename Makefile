# SPDX-License-Identifier: EUPL-1.2
# Urne: GNU make 4.3, Debian 12. `make help` lists what can be typed.
#
# Objects live in build/<variant>/, one folder per compiler, sanitizer set and optimisation, so
# that they never mix. The default variant (gcc, release) puts its programs in build/bin/.

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/bash

VERSION := 0.1.0

ifneq (,$(filter default undefined,$(origin CC)))
CC := gcc
endif
AR       ?= ar
SANITIZE ?=
OPT      ?= -O2
# CT=1: the build in which secrets can be marked for valgrind (crypto/secret/declassify.h).
CT       ?=
DESTDIR  ?=
prefix   ?= /usr/local
bindir   ?= $(prefix)/bin
mandir   ?= $(prefix)/share/man
# urne-board looks for its pages at ../share/urne/pages from where it lies itself.
datadir  ?= $(prefix)/share
unitdir  ?= $(prefix)/lib/systemd/system
INSTALL  ?= install
V        ?=

comma := ,
Q     := $(if $(V),,@)
# Sub-makes run on all cores unless the person at the keyboard chose a number.
JOBS   = $(shell nproc)
SUBMAKE = @+$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))

# ---- variant ---------------------------------------------------------------------------------

cc_name := $(notdir $(firstword $(CC)))
VARIANT := $(cc_name)$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if $(CT),-ct)$(if $(filter-out -O2,$(OPT)),$(OPT))
B       := build/$(VARIANT)
ifeq ($(VARIANT),gcc)
BIN := build/bin
else
BIN := $(B)/bin
endif
is_clang := $(findstring clang,$(cc_name))
is_x86   := $(filter x86_64,$(shell uname -m))

# ---- flags (style guide, section 5: A warnings, B release, C sanitizers) -----------------------

W := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion \
     -Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wmissing-declarations \
     -Wredundant-decls -Wnested-externs -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla \
     -Walloca -Wformat=2 -Wswitch-enum -Wdouble-promotion -Wfloat-equal -Wnull-dereference \
     -Wimplicit-fallthrough -Wdate-time -Wunused-macros -Wframe-larger-than=16384
W_gcc := -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wformat-overflow=2 \
     -Wformat-truncation=2 -Wformat-signedness -Walloc-zero -Warith-conversion \
     -Wcast-align=strict -Wjump-misses-init -Wtrampolines -Wstringop-overflow=4 -Warray-bounds=2 \
     -Wshift-overflow=2 -Wunused-const-variable=2 -Wbad-function-cast -Wuse-after-free=3 \
     -Wstack-usage=16384
W_clang := -Wcast-align -Wmissing-variable-declarations -Wassign-enum -Wcomma \
     -Wconditional-uninitialized -Wextra-semi-stmt -Wimplicit-int-conversion \
     -Wshift-sign-overflow -Wunreachable-code-aggressive -Wthread-safety -Wnewline-eof \
     -Wheader-hygiene -Wloop-analysis -Wcovered-switch-default

# gcc 12.2, 2026-11: -ftrivial-auto-var-init=zero writes zeros over live fields of an aggregate that
# is initialised by copying a struct above 256 bytes with padding, at any -O. So clang only.
HARD := -g -fstack-protector-strong -fstack-clash-protection \
     $(if $(is_x86),-fcf-protection=full) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fPIE -fno-common \
     -fno-strict-aliasing -fno-delete-null-pointer-checks -fvisibility=hidden \
     $(if $(is_clang),-ftrivial-auto-var-init=pattern)
LD_HARD := -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code

# `undefined` stands for everything the style guide adds to it for that compiler.
san_gcc   := bounds-strict,float-divide-by-zero,float-cast-overflow
san_clang := integer,implicit-conversion,nullability,local-bounds,float-divide-by-zero
SAN := -g -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=$(SANITIZE)
ifneq (,$(findstring undefined,$(SANITIZE)))
SAN := $(SAN),$(if $(is_clang),$(san_clang),$(san_gcc))
SAN += $(if $(is_clang),-fno-sanitize=unsigned-integer-overflow$(comma)unsigned-shift-base)
endif

LANG_FLAGS := -std=c11 -D_GNU_SOURCE -DURNE_VERSION='"$(VERSION)"' -I. \
     -ffile-prefix-map=$(CURDIR)=. -pthread $(if $(CT),-DURNE_CT_TEST)
# Warnings are judged in the two release builds (gcc, clang at -O2). Instrumentation and other
# optimisation levels make gcc 12 warn about paths that do not exist, so they are not fatal there.
ifneq (,$(SANITIZE))
ALL_CFLAGS  = $(LANG_FLAGS) -Wall -Wextra -O1 $(SAN)
ALL_LDFLAGS = $(SAN) -pthread
else
ifeq ($(OPT),-O2)
ALL_CFLAGS  = $(LANG_FLAGS) $(W) $(if $(is_clang),$(W_clang),$(W_gcc)) $(OPT) $(HARD)
else
ALL_CFLAGS  = $(LANG_FLAGS) -Wall -Wextra $(OPT) $(HARD)
endif
ALL_LDFLAGS = -pie $(LD_HARD) -pthread
# valgrind 3.19 gives up on the DWARF 5 of clang 14.
ALL_CFLAGS += $(if $(CT),-gdwarf-4)
endif

# cmocka fixes the signature of a test (unused state), libFuzzer the name of its entry (no
# prototype anywhere), and a test may keep its vectors on the stack.
TEST_CFLAGS := -Wno-unused-parameter -Wno-missing-prototypes -Wno-missing-declarations \
     -Wno-frame-larger-than $(if $(is_clang),,-Wno-stack-usage)

LIBS_VERIFY := -lcrypto -lgmp -lpthread
LIBS        := -lcrypto -lgmp -lsodium -lpthread
# Only documents/ draws: the verifier links none of these.
DRAW_CFLAGS := $(shell pkg-config --cflags pangocairo cairo libqrencode 2>/dev/null)
LIBS        += $(shell pkg-config --libs pangocairo cairo libqrencode 2>/dev/null)
LIBS_HTTP   := -lcurl
# Of what draws, the board has the QR code of the minutes alone.
LIBS_BOARD  := -lmicrohttpd -lsqlite3 -lz -lqrencode -lcrypto -lgmp -lsodium -lpthread

# ---- sources ---------------------------------------------------------------------------------

LIB_DIRS   := base crypto crypto/vartime crypto/secret election tally bulletin/log observer documents \
	      client/questionnaire
LIB_SRC    := $(foreach d,$(LIB_DIRS),$(wildcard $(d)/*.c))
CLI_SRC    := $(wildcard client/cli/*.c)
VERIFY_SRC := $(wildcard verifier/*.c)
BOARD_SRC  := $(filter-out bulletin/server/main.c,$(wildcard bulletin/server/*.c))
# What is linked statically has the first; programs speak HTTP through the others.
NO_HTTP    := $(wildcard base/http/http_none.c)
HTTP_SRC   := $(filter-out $(NO_HTTP),$(wildcard base/http/*.c))
UNIT_SRC   := $(wildcard tests/unit/test_*.c)
BOARD_SUPP := $(wildcard tests/unit/support/board_*.c)
SUPP_SRC   := $(filter-out $(BOARD_SUPP),$(wildcard tests/unit/support/*.c))
# A board that does what a test tells it, in place of bulletin/server/board.c.
HTTP_SUPP  := $(wildcard tests/unit/board/*.c)
FUZZ_SRC   := $(wildcard tests/fuzz/fuzz_*.c)
CT_SRC     := $(wildcard tests/ct/ct_*.c)
BENCH_SRC  := $(wildcard tests/bench/*.c)
BENCH_SUPP := $(wildcard tests/bench/support/*.c)
# Programs that interop scripts run.
PEER_SRC   := $(wildcard tests/interop/*.c)
SCRIPTS    := $(wildcard tests/e2e/*.sh tests/interop/*.sh tests/booth/test_*.mjs)

obj = $(patsubst %.c,$(B)/obj/%.o,$(1))

LIB     := $(B)/liburne.a
LIB_OBJ := $(call obj,$(LIB_SRC))
# The board without its main file, so that tests can hold its parts.
BOARD_LIB := $(if $(BOARD_SRC),$(B)/libboard.a)
BOARD_OBJ := $(call obj,$(BOARD_SRC))
ALL_OBJ := $(call obj,$(LIB_SRC) $(wildcard bulletin/server/*.c base/http/*.c) $(CLI_SRC) $(VERIFY_SRC) $(UNIT_SRC) $(SUPP_SRC) $(BOARD_SUPP) \
	     $(HTTP_SUPP) $(FUZZ_SRC) \
	     $(CT_SRC) $(BENCH_SRC) $(BENCH_SUPP) $(PEER_SRC) $(if $(FUZZ_SRC),tests/fuzz/replay_main.c))

# A program exists as soon as it has sources.
URNE        := $(if $(CLI_SRC),$(BIN)/urne)
URNE_VERIFY := $(if $(VERIFY_SRC),$(BIN)/urne-verify)
URNE_BOARD  := $(if $(wildcard bulletin/server/main.c),$(BIN)/urne-board)
STATIC      := $(if $(VERIFY_SRC),build/static/urne-verify)
# In the build tree the sources stand where installed pages would.
PAGES       := $(patsubst %/bin,%/share/urne/pages,$(BIN))
PROGRAMS    := $(URNE) $(URNE_VERIFY) $(URNE_BOARD)

UNIT_BIN  := $(patsubst %.c,$(B)/%,$(UNIT_SRC))
FUZZ_BIN  := $(patsubst %.c,$(B)/%,$(FUZZ_SRC))
CT_BIN    := $(patsubst %.c,$(B)/%,$(CT_SRC))
BENCH_BIN := $(patsubst %.c,$(B)/%,$(BENCH_SRC))
PEER_BIN  := $(patsubst %.c,$(B)/%,$(PEER_SRC))

# ---- what people type ------------------------------------------------------------------------

.PHONY: all help deps check check-long check-ct check-with-sanitizers check-with-thread-sanitizer demo install uninstall \
	dist static lint format man check-man check-format check-shell check-generated \
	generated vectors check-vectors cppcheck clean \
	bench fuzz objects tests test-programs FORCE
.DEFAULT_GOAL := all

all: $(PROGRAMS)

help:
	@echo 'make              build/bin/urne, build/bin/urne-verify and build/bin/urne-board'
	@echo 'make deps         install what is missing from tools/packages.txt (apt-get)'
	@echo 'make check        everything that must hold before a merge'
	@echo 'make check SANITIZE=address,undefined [CC=clang]   the tests in an instrumented build'
	@echo 'make check-long   check, plus cppcheck, constant time for both compilers at -O1 -O2 -O3, every fault'
	@echo 'make demo         a whole vote over a board, watched and verified; WAIT=no does not stay for Ctrl-C'
	@echo 'make lint format  the style checks; let clang-format rewrite the sources'
	@echo 'make generated    rewrite the generated tables from tools/gen-*.c'
	@echo 'make man          rewrite docs/man from the tables behind --help'
	@echo 'make static       build/static/urne-verify, one file that needs no library'
	@echo 'make bench        benchmarks; BENCH_BALLOTS_MAX=1000000 for larger archives (docs/performance.md)'
	@echo 'make fuzz FUZZ=name [FUZZ_SECONDS=60]   fuzz one decoder with clang'
	@echo 'make install uninstall [DESTDIR= prefix=/usr/local]'
	@echo 'make dist         build/urne-$(VERSION).tar.gz from the last commit'
	@echo 'variables: CC=gcc|clang SANITIZE= OPT=-O2 V=1'

# make itself must be there to read this file; tools/deps.sh runs without it.
deps:
	@tools/deps.sh

# ---- compile and link ------------------------------------------------------------------------

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo '  CC    $< [$(VARIANT)]')
	$(Q)$(CC) $(ALL_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# gcc 12.2, 2026-11: at -O2 it stores four limbs as two vectors and loads them as limbs again, which
# the processor cannot forward: up to half the speed of field arithmetic.
$(B)/obj/crypto/vartime/%.o: private ALL_CFLAGS += $(if $(is_clang),,-fno-tree-slp-vectorize)

# These files, and no others, may use what not every x86-64 has: edwards_bulk.c and sha256_blocks.c
# ask before they call them, and tests do.
ifneq (,$(is_x86))
for_avx2 := -mavx2 -O3
for_ifma := -mavx512f -mavx512dq -mavx512ifma -O3
$(B)/obj/crypto/vartime/edwards_avx2.o: private ALL_CFLAGS += $(for_avx2)
$(B)/obj/crypto/vartime/edwards_ifma.o: private ALL_CFLAGS += $(for_ifma)
$(B)/obj/crypto/sha256_ni.o: private ALL_CFLAGS += -msha -msse4.1
# Reordering its sums makes gcc 12 a longer chain of them, which takes a third longer.
$(B)/obj/crypto/sha256_avx512.o: private ALL_CFLAGS += -mavx512f -mavx512bw -O3 $(if $(is_clang),,-fno-tree-reassoc)
$(B)/obj/tests/unit/support/lanes_avx2.o: private ALL_CFLAGS += $(for_avx2)
$(B)/obj/tests/unit/support/lanes_ifma.o: private ALL_CFLAGS += $(for_ifma)
endif

# The headers of the drawing libraries are not ours to warn about.
$(B)/obj/documents/%.o: private ALL_CFLAGS += $(patsubst -I%,-isystem %,$(DRAW_CFLAGS))

$(B)/obj/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo '  CC    $< [$(VARIANT)]')
	$(Q)$(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The list changes only when a source file comes or goes; the archive is then made anew.
$(B)/lib.list: FORCE
	@mkdir -p $(@D)
	@echo '$(sort $(LIB_OBJ))' | cmp -s - $@ || echo '$(sort $(LIB_OBJ))' > $@

$(LIB): $(LIB_OBJ) $(B)/lib.list
	$(if $(V),,@echo '  AR    $@')
	$(Q)rm -f $@ && $(AR) rcsD $@ $(LIB_OBJ)

$(B)/board.list: FORCE
	@mkdir -p $(@D)
	@echo '$(sort $(BOARD_OBJ))' | cmp -s - $@ || echo '$(sort $(BOARD_OBJ))' > $@

$(B)/libboard.a: $(BOARD_OBJ) $(B)/board.list
	$(if $(V),,@echo '  AR    $@')
	$(Q)rm -f $@ && $(AR) rcsD $@ $(BOARD_OBJ)

define do_link
@mkdir -p $(@D)
$(if $(V),,@echo '  LD    $@')
$(Q)$(CC) $(ALL_LDFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^)
endef

$(BIN)/urne: $(call obj,$(CLI_SRC) $(HTTP_SRC)) $(LIB)
	$(do_link) $(LIBS) $(LIBS_HTTP)

$(PAGES):
	$(Q)mkdir -p $(@D) && ln -s '$(CURDIR)/booth' $@

$(BIN)/urne-board: $(call obj,bulletin/server/main.c) $(BOARD_LIB) $(LIB) | $(PAGES)
	$(do_link) $(LIBS_BOARD)

# No libsodium here: if the verifier reached for secret-key code, this line would not link.
$(BIN)/urne-verify: $(call obj,$(VERIFY_SRC) $(HTTP_SRC)) $(LIB)
	$(do_link) $(LIBS_VERIFY) $(LIBS_HTTP)

# Position-independent and static at once, so that it is still loaded at a random address.
build/static/urne-verify: ALL_LDFLAGS += -static-pie
build/static/urne-verify: $(call obj,$(VERIFY_SRC) $(NO_HTTP)) $(LIB)
	$(do_link) $(LIBS_VERIFY)

static: $(STATIC)
	$(if $(STATIC),@tools/check-static.sh $(STATIC),@echo 'static: verifier/ has no sources yet')

$(filter-out $(B)/tests/unit/test_board_%,$(UNIT_BIN)): $(B)/tests/unit/%: $(B)/obj/tests/unit/%.o $(call obj,$(SUPP_SRC)) $(LIB)
	$(do_link) $(LIBS) -lcmocka

# Tests of the board hold its parts, and speak to it as a client; those of HTTP bring a board of
# their own.
$(filter $(B)/tests/unit/test_board_http%,$(UNIT_BIN)): $(call obj,$(HTTP_SUPP))
$(filter-out $(B)/tests/unit/test_board_http%,$(filter $(B)/tests/unit/test_board_%,$(UNIT_BIN))): $(call obj,$(BOARD_SUPP))
$(filter $(B)/tests/unit/test_board_%,$(UNIT_BIN)): $(B)/tests/unit/%: $(B)/obj/tests/unit/%.o \
    $(call obj,$(SUPP_SRC) $(HTTP_SRC)) $(BOARD_LIB) $(LIB)
	$(do_link) $(LIBS) $(LIBS_BOARD) $(LIBS_HTTP) -lcmocka

$(FUZZ_BIN): $(B)/tests/fuzz/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/replay_main.o $(BOARD_LIB) $(LIB)
	$(do_link) $(LIBS) $(LIBS_BOARD)

$(CT_BIN): $(B)/tests/ct/%: $(B)/obj/tests/ct/%.o $(LIB)
	$(do_link) $(LIBS)

# It measures the vector fields, which no header for everybody has.
# The field of the vectors is measured where it is tested.
$(BENCH_BIN): $(call obj,$(wildcard tests/unit/support/lanes_*.c))
# Archives for benchmarks come with hints: what writes them is the verifier's.
$(B)/tests/bench/bench_archive: $(call obj,verifier/hint_writer.c)
$(BENCH_BIN): $(B)/tests/bench/%: $(B)/obj/tests/bench/%.o $(call obj,$(BENCH_SUPP)) $(LIB)
	$(do_link) $(LIBS)

$(PEER_BIN): $(B)/tests/interop/%: $(B)/obj/tests/interop/%.o $(call obj,tests/unit/support/memory_log.c) $(LIB)
	$(do_link) $(LIBS)

objects: $(ALL_OBJ)
test-programs: $(PROGRAMS) $(UNIT_BIN) $(FUZZ_BIN) $(BENCH_BIN) $(PEER_BIN)
tests: test-programs

# ---- check -----------------------------------------------------------------------------------

RUN_ENV = TOP='$(CURDIR)' URNE='$(CURDIR)/$(BIN)/urne' \
	  URNE_VERIFY='$(CURDIR)/$(BIN)/urne-verify' URNE_BOARD='$(CURDIR)/$(BIN)/urne-board' \
	  BENCH_DIR='$(CURDIR)/$(B)/tests/bench' URNE_MAKE_LOG='$(CURDIR)/$(B)/tests/interop/make_log' \
	  URNE_BOOTH_PEER='$(CURDIR)/$(B)/tests/interop/booth_peer' \
	  URNE_MAKE_REHEARSAL='$(CURDIR)/$(B)/tests/interop/make_rehearsal' \
	  URNE_STATIC_VERIFY='$(CURDIR)/build/static/urne-verify'
SAN_SET   := address,undefined
SAN_B     := build/gcc-address-undefined
THREAD_B  := build/gcc-thread
CT_B      := build/gcc-ct

# The last line printed is the runner's closing line, so it comes last in every recipe.
ifeq ($(VARIANT),gcc)
check: deps
	$(SUBMAKE) all
	$(SUBMAKE) lint
	$(SUBMAKE) CC=clang objects
	$(SUBMAKE) static
	$(SUBMAKE) test-programs
	$(SUBMAKE) CT=1 check-ct
	$(SUBMAKE) SANITIZE=$(SAN_SET) check-with-sanitizers
	@$(RUN_ENV) tools/run-tests.sh $(UNIT_BIN) $(FUZZ_BIN) $(patsubst %.c,$(CT_B)/%,$(CT_SRC)) \
	    $(SCRIPTS) $(patsubst %.c,$(SAN_B)/%,$(UNIT_SRC) $(FUZZ_SRC))
else
# Instrumented code and valgrind do not go together: ct programs have builds of their own.
check: deps
	$(SUBMAKE) test-programs
	@$(RUN_ENV) tools/run-tests.sh $(UNIT_BIN) $(FUZZ_BIN) $(SCRIPTS)
endif

check-with-sanitizers: $(UNIT_BIN) $(FUZZ_BIN)

CT_OPTS := -O1 -O2 -O3
CT_LONG := $(foreach c,gcc clang,$(foreach o,$(CT_OPTS),$(patsubst %.c,build/$(c)-ct$(filter-out -O2,$(o))/%,$(CT_SRC))))

# Scripts that try a sample in check and everything here.
LONG_SCRIPTS := tests/e2e/board-syscall-faults.sh tests/e2e/board-kill-under-load.sh tests/e2e/verifier-memory.sh \
	tests/e2e/verify-threads.sh
LONG_ENV     := TEST_TIMEOUT=3600 BOARD_FAULTS=all BOARD_KILLS=60 URNE_HINTED_RUNS=100000 \
	MEMORY_BALLOTS=100000 URNE_TEST_TIMES=200 URNE_THREADS_VERIFY=$(CURDIR)/$(THREAD_B)/bin/urne-verify
# The benchmark as a whole, so small that its figures mean nothing.
BENCH_SMALL  := BENCH_BALLOTS_MAX=1000 BENCH_BALLOTS=10 BENCH_VOTERS=100 BENCH_REPEATS=1
# Unit tests that try as many times as these variables say.
LONG_UNITS   := $(addprefix $(B)/tests/unit/test_,ballot_hints vartime_field vartime_lanes vartime_edwards vartime_multiples)

check-ct: $(CT_BIN)

# What is asked whether two threads touch the same.
THREAD_UNITS := tests/unit/test_base_pool
check-with-thread-sanitizer: $(BIN)/urne-verify $(addprefix $(B)/,$(THREAD_UNITS))

check-long: deps
	$(SUBMAKE) check
	$(SUBMAKE) cppcheck
	@set -e; for c in gcc clang; do for o in $(CT_OPTS); do \
	    $(MAKE) --no-print-directory -j$(JOBS) CT=1 CC=$$c OPT=$$o check-ct; done; done
	$(SUBMAKE) CC=clang SANITIZE=$(SAN_SET) check-with-sanitizers
	$(SUBMAKE) SANITIZE=thread check-with-thread-sanitizer
	$(SUBMAKE) $(BENCH_SMALL) bench
	@$(RUN_ENV) $(LONG_ENV) tools/run-tests.sh $(CT_LONG) $(LONG_SCRIPTS) $(LONG_UNITS) \
	    $(patsubst %.c,build/clang-address-undefined/%,$(UNIT_SRC) $(FUZZ_SRC)) \
	    $(addprefix $(THREAD_B)/,$(THREAD_UNITS))

demo: deps
	$(SUBMAKE) all
	@$(RUN_ENV) bash tools/demo.sh

# ---- lint ------------------------------------------------------------------------------------

C_FILES = $(shell find base crypto election tally bulletin observer documents verifier client tests tools \
	    -name '*.[ch]' -not -path '*/vectors/*' | sort)
SH_FILES = $(shell find tools tests .ci -name '*.sh' | sort) .ci/run

UNITS := bulletin/server/urne-board.service client/cli/urne-watch@.service

lint: check-format check-shell check-generated check-vectors check-man $(URNE_VERIFY) $(URNE_BOARD)
	tools/check-layers.sh
	tools/check-doc-anchors.sh
	tools/check-threats.sh
	tools/check-mistakes.sh
	$(if $(URNE_VERIFY),tools/check-verifier-symbols.sh $(URNE_VERIFY))
	tools/deps-booth.sh
	node tools/check-booth.mjs
	tools/check-openapi.sh $(URNE_BOARD)
	tools/check-service.sh $(UNITS)

check-format:
	@echo 'clang-format --dry-run --Werror'
	@clang-format --dry-run --Werror $(C_FILES)

check-shell:
	@echo 'shellcheck'
	@shellcheck $(SH_FILES)

# The pages come from the tables behind --help; urne-verify.1 is written by hand.
man: $(BIN)/urne $(BIN)/urne-board
	rm -f $(filter-out docs/man/urne-verify.1,$(wildcard docs/man/*.[18]))
	tools/gen-man.sh $(BIN)/urne $(BIN)/urne-board docs/man

check-man: $(BIN)/urne $(BIN)/urne-board
	@rm -rf build/man && tools/gen-man.sh $(BIN)/urne $(BIN)/urne-board build/man
	@for f in build/man/*.[18] $(patsubst %,build/man/%,$(filter-out urne-verify.1,$(notdir $(wildcard docs/man/*.[18])))); do \
	    cmp -s $$f docs/man/$${f##*/} || \
	    { echo "docs/man/$${f##*/} is not what urne help prints: make man" >&2; exit 1; }; done
	@echo 'man pages: as urne help prints them'

format:
	clang-format -i $(C_FILES)

# cppcheck 2.10 does not know the 128-bit integers of fe51.h and takes them for 32 bits.
cppcheck:
	cppcheck -q -j$(JOBS) --std=c11 --language=c --platform=unix64 \
	    --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem \
	    --suppress='shiftTooManyBits:crypto/vartime/fe51.h' --error-exitcode=2 -D_GNU_SOURCE -I. \
	    $(LIB_DIRS) base/http bulletin/server client verifier

# ---- generated files: committed, and equal to what their generator prints ----------------------
# tools/gen-NAME.c prints to stdout. It cannot link the library, which includes what it prints.

GENERATED :=
define generated_file # generator, output, sources it needs besides its own
ifneq (,$(wildcard tools/gen-$(1).c))
GENERATED += $(2)
build/generated/$(2): tools/gen-$(1).c $(3) $(wildcard $(3:.c=.h)) Makefile
	@mkdir -p $$(@D) build/gen
	$$(if $$(V),,@echo '  GEN   $(2)')
	$$(Q)$$(CC) $$(LANG_FLAGS) -Wall -Wextra -Werror -O2 -o build/gen/gen-$(1) tools/gen-$(1).c $(3) -lgmp -lcrypto
	$$(Q)build/gen/gen-$(1) > $$@
endif
endef
$(eval $(call generated_file,base-table,crypto/vartime/base_table.inc,crypto/vartime/fe51.c crypto/vartime/fe_inverse.c))
$(eval $(call generated_file,field-params,crypto/field_params.inc))

generated: $(addprefix build/generated/,$(GENERATED))
	@for f in $(GENERATED); do cmp -s build/generated/$$f $$f || \
	    { cp build/generated/$$f $$f; echo "wrote $$f"; }; done

check-generated: $(addprefix build/generated/,$(GENERATED))
	@for f in $(GENERATED); do diff -u $$f build/generated/$$f > build/generated/diff || \
	    { head -20 build/generated/diff; \
	      echo "$$f is not what its generator prints: make generated" >&2; exit 1; }; done
	@echo 'generated files: $(words $(GENERATED)) as their generators print them'

vectors:
	python3 tests/vectors/make-protocol-vectors.py > tests/vectors/protocol.tsv

check-vectors:
	@mkdir -p build && python3 tests/vectors/make-protocol-vectors.py > build/protocol.tsv
	@cmp build/protocol.tsv tests/vectors/protocol.tsv || { echo 'make vectors' >&2; exit 1; }
	@echo 'vectors: as their generator prints them'

# ---- the rest --------------------------------------------------------------------------------

bench: $(BENCH_BIN) $(PROGRAMS) $(B)/tests/interop/booth_peer
	@if [ -e tests/bench/run.sh ]; then $(RUN_ENV) bash tests/bench/run.sh; \
	else set -e; for b in $(BENCH_BIN); do $$b; done; fi

# make fuzz FUZZ=ballot builds tests/fuzz/fuzz_ballot.c with libFuzzer and runs it. What it finds
# goes to build/fuzz/; a person decides what becomes part of tests/fuzz/corpus/.
FUZZ ?=
FUZZ_SECONDS ?= 60
FUZZ_VARIANT := fuzzer-no-link,address,undefined
fuzz:
	@[ -n '$(FUZZ)' ] && [ -e 'tests/fuzz/fuzz_$(FUZZ).c' ] || { echo 'usage: make fuzz FUZZ=name, one of: \
	    $(patsubst tests/fuzz/fuzz_%.c,%,$(FUZZ_SRC))' >&2; exit 2; }
	$(SUBMAKE) CC=clang SANITIZE=$(FUZZ_VARIANT) build/fuzz/fuzz_$(FUZZ)
	@mkdir -p build/fuzz/found/$(FUZZ) tests/fuzz/corpus/$(FUZZ)
	build/fuzz/fuzz_$(FUZZ) -max_len=65536 -timeout=5 -rss_limit_mb=2048 \
	    -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=build/fuzz/found/ \
	    build/fuzz/found/$(FUZZ) tests/fuzz/corpus/$(FUZZ)

build/fuzz/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(BOARD_LIB) $(LIB)
	@mkdir -p $(@D)
	clang -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -pthread -o $@ $^ $(LIBS) $(LIBS_BOARD)

install: all
	$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(mandir)/man1' '$(DESTDIR)$(mandir)/man8' '$(DESTDIR)$(unitdir)'
	$(INSTALL) -m 0755 $(PROGRAMS) '$(DESTDIR)$(bindir)'
	$(INSTALL) -m 0644 $(wildcard docs/man/*.1) '$(DESTDIR)$(mandir)/man1'
	$(INSTALL) -m 0644 $(wildcard docs/man/*.8) '$(DESTDIR)$(mandir)/man8'
	cd booth && find . -name '.?*' -prune -o -type f -print | while read -r f; do \
	    $(INSTALL) -D -m 0644 "$$f" '$(DESTDIR)$(datadir)/urne/pages/'"$${f#./}" || exit 1; done
	for u in $(UNITS); do sed '/^Exec/s|/usr/local/bin/|$(bindir)/|' $$u > '$(DESTDIR)$(unitdir)'/$${u##*/} && \
	    chmod 0644 '$(DESTDIR)$(unitdir)'/$${u##*/} || exit 1; done

uninstall:
	rm -f $(foreach p,$(notdir $(PROGRAMS)),'$(DESTDIR)$(bindir)/$(p)') \
	    $(foreach m,$(notdir $(wildcard docs/man/*.1)),'$(DESTDIR)$(mandir)/man1/$(m)') \
	    $(foreach m,$(notdir $(wildcard docs/man/*.8)),'$(DESTDIR)$(mandir)/man8/$(m)') \
	    $(foreach u,$(notdir $(UNITS)),'$(DESTDIR)$(unitdir)/$(u)')
	rm -rf '$(DESTDIR)$(datadir)/urne/pages'

# gzip -n leaves the clock out: the same commit gives the same bytes.
dist:
	@mkdir -p build
	set -o pipefail; git archive --format=tar --prefix=urne-$(VERSION)/ HEAD | gzip -9n > build/urne-$(VERSION).tar.gz
	cd build && sha256sum urne-$(VERSION).tar.gz | tee urne-$(VERSION).tar.gz.sha256

clean:
	rm -rf build

-include $(ALL_OBJ:.o=.d)
