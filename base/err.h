/* SPDX-License-Identifier: EUPL-1.2 */
/* One enum says what went wrong, one sentence says where and why. */
#ifndef URNE_BASE_ERR_H
#define URNE_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

#define URNE_MUST_USE	     __attribute__((warn_unused_result))
#define URNE_PRINTF(fmt, va) __attribute__((format(printf, fmt, va)))

/* Codes that blame the input come first, codes that blame us or the machine after
 * URNE_ERR_OURS; urne_err_is_ours tells them apart. */
enum urne_err {
	URNE_OK = 0,
	URNE_ERR_SYNTAX,      /* not well formed, or not in canonical form */
	URNE_ERR_RANGE,	      /* a number, count or length out of its bounds */
	URNE_ERR_GROUP,	      /* not the canonical form of a member of the group */
	URNE_ERR_PROOF,	      /* a proof or signature does not verify */
	URNE_ERR_MISMATCH,    /* a hash, name or recomputed value differs */
	URNE_ERR_ORDER,	      /* not possible at this stage of the election */
	URNE_ERR_UNKNOWN,     /* an unknown credential, trustee, name */
	URNE_ERR_DUPLICATE,   /* something that may stand only once stands again */
	URNE_ERR_LIMIT,	      /* above a limit of base/limits.h */
	URNE_ERR_INCOMPLETE,  /* cut short, or something is not there yet */
	URNE_ERR_UNSUPPORTED, /* lawful, but not done by this version */
	URNE_ERR_USAGE,	      /* the command line is wrong */
	URNE_ERR_EXISTS,      /* would overwrite something */
	URNE_ERR_PASSPHRASE,  /* a passphrase is missing or does not open the key */
	URNE_ERR_OURS,	      /* marker: codes from here on are not the input's fault */
	URNE_ERR_IO,	      /* the operating system refused */
	URNE_ERR_MEMORY,      /* no memory */
	URNE_ERR_RANDOM,      /* no randomness to be had */
	URNE_ERR_INTERNAL,    /* a library failed, or we did */
};

/* urne_diag holds one sentence in lower case without full stop that names the place and the
 * reason: "ballot 12, answer 0: response is not reduced". The zero state is empty. It never
 * holds a secret. Longer sentences are cut. */
struct urne_diag {
	char text[480];
};

/* urne_err_is_ours tells whether `e` blames the machine or us rather than the input. */
bool urne_err_is_ours(enum urne_err e);

/* urne_err_name returns a short fixed name such as "proof" for machine-readable output. */
const char *urne_err_name(enum urne_err e);

/* urne_fail writes the sentence to `d` (which may be NULL) and returns `e`. */
enum urne_err urne_fail(struct urne_diag *d, enum urne_err e, const char *fmt, ...)
    URNE_PRINTF(3, 4);

/* urne_vfail is urne_fail for functions that take arguments themselves. */
enum urne_err urne_vfail(struct urne_diag *d, enum urne_err e, const char *fmt, va_list ap)
    __attribute__((format(printf, 3, 0)));

/* urne_fail_errno is urne_fail with URNE_ERR_IO and ": " strerror(errno) appended. */
enum urne_err urne_fail_errno(struct urne_diag *d, const char *fmt, ...) URNE_PRINTF(2, 3);

/* urne_diag_within puts a place in front of the sentence already there:
 * "answer 0: ..." becomes "ballot 12, answer 0: ..." with fmt "ballot 12, ". NULL is fine. */
void urne_diag_within(struct urne_diag *d, const char *fmt, ...) URNE_PRINTF(2, 3);

#endif
