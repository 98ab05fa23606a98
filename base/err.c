/* SPDX-License-Identifier: EUPL-1.2 */
/* Error codes get their names here, and sentences are written so that they always fit. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool
urne_err_is_ours(enum urne_err e)
{
	return e >= URNE_ERR_OURS;
}

const char *
urne_err_name(enum urne_err e)
{
	switch (e) {
	case URNE_OK:
		return "ok";
	case URNE_ERR_SYNTAX:
		return "syntax";
	case URNE_ERR_RANGE:
		return "range";
	case URNE_ERR_GROUP:
		return "group";
	case URNE_ERR_PROOF:
		return "proof";
	case URNE_ERR_MISMATCH:
		return "mismatch";
	case URNE_ERR_ORDER:
		return "order";
	case URNE_ERR_UNKNOWN:
		return "unknown";
	case URNE_ERR_DUPLICATE:
		return "duplicate";
	case URNE_ERR_LIMIT:
		return "limit";
	case URNE_ERR_INCOMPLETE:
		return "incomplete";
	case URNE_ERR_UNSUPPORTED:
		return "unsupported";
	case URNE_ERR_USAGE:
		return "usage";
	case URNE_ERR_EXISTS:
		return "exists";
	case URNE_ERR_PASSPHRASE:
		return "passphrase";
	case URNE_ERR_OURS:
		return "ours";
	case URNE_ERR_IO:
		return "io";
	case URNE_ERR_MEMORY:
		return "memory";
	case URNE_ERR_RANDOM:
		return "random";
	case URNE_ERR_INTERNAL:
		return "internal";
	}
	return "internal";
}

/* What the input says may stand in a sentence, and the sentence on somebody's terminal: control
 * characters become question marks. */
static void
make_printable(char *text)
{
	for (char *c = text; *c != '\0'; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7f) {
			*c = '?';
		}
	}
}

/* The sentence is made in a diag of its own first: an argument may point into *d. */
static void diag_set(struct urne_diag *d, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void
diag_set(struct urne_diag *d, const char *fmt, va_list ap)
{
	struct urne_diag new = {{0}};

	if (vsnprintf(new.text, sizeof(new.text), fmt, ap) < 0) {
		new.text[0] = '\0';
	}
	make_printable(new.text);
	*d = new;
}

static void
diag_append(struct urne_diag *d, const char *s)
{
	size_t len = strnlen(d->text, sizeof(d->text) - 1);
	size_t room = sizeof(d->text) - 1 - len;
	size_t add = strnlen(s, room);

	memcpy(d->text + len, s, add);
	d->text[len + add] = '\0';
}

enum urne_err
urne_vfail(struct urne_diag *d, enum urne_err e, const char *fmt, va_list ap)
{
	if (d != NULL) {
		diag_set(d, fmt, ap);
	}
	return e;
}

enum urne_err
urne_fail(struct urne_diag *d, enum urne_err e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)urne_vfail(d, e, fmt, ap);
	va_end(ap);
	return e;
}

enum urne_err
urne_fail_errno(struct urne_diag *d, const char *fmt, ...)
{
	int err = errno;
	char why[128] = {0};
	va_list ap;

	if (d != NULL) {
		va_start(ap, fmt);
		diag_set(d, fmt, ap);
		va_end(ap);
		diag_append(d, ": ");
		diag_append(d, strerror_r(err, why, sizeof(why)));
	}
	return URNE_ERR_IO;
}

void
urne_diag_within(struct urne_diag *d, const char *fmt, ...)
{
	struct urne_diag old;
	va_list ap;

	if (d == NULL) {
		return;
	}
	old = *d;
	va_start(ap, fmt);
	diag_set(d, fmt, ap);
	va_end(ap);
	diag_append(d, old.text);
}
