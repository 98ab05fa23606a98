/* SPDX-License-Identifier: EUPL-1.2 */
/* Pieces of input, for the codec's own files. */
#ifndef URNE_BASE_CODEC_INPUT_H
#define URNE_BASE_CODEC_INPUT_H

#include <string.h>

#include "base/codec.h"

/* urne_codec_left: bytes that are not read yet. */
static inline size_t
urne_codec_left(const struct urne_codec *c)
{
	return (size_t)(c->end - c->p);
}

/* urne_codec_take takes these bytes if they come next. */
static inline bool
urne_codec_take(struct urne_codec *c, const char *bytes, size_t len)
{
	if (urne_codec_left(c) < len || memcmp(c->p, bytes, len) != 0) {
		return false;
	}
	c->p += len;
	return true;
}

static inline bool
urne_codec_take_char(struct urne_codec *c, char ch)
{
	return urne_codec_take(c, &ch, 1);
}

/* urne_codec_expected says that the input does not go on with `what`. */
static inline void
urne_codec_expected(struct urne_codec *c, const char *what)
{
	urne_codec_fail(
	    c, URNE_ERR_SYNTAX, "%s%s expected", c->p == c->end ? "input ends, " : "", what);
}

#endif
