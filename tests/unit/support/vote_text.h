/* SPDX-License-Identifier: EUPL-1.2 */
/* Small vote definitions for tests that want exactly one thing to be wrong with them, and what is
 * found in them. Every field of the head stands on a line of its own; items begin on line 13. */
#ifndef URNE_TESTS_VOTE_TEXT_H
#define URNE_TESTS_VOTE_TEXT_H

#include "base/buf.h"
#include "election/definition.h"
#include "tests/unit/support/check.h"

#define BOTH(fr, en) "{\"fr\":\"" fr "\",\"en\":\"" en "\"}"

/* The verifier keys of three invented officials. */
#define KEY_ALBANE "albane-querrioux+a7a62e8c+ASfP9IWfE4qDCUfXFw+1zId8BdwWXgLmXGEz66Sk5nR8"
#define KEY_HELENE "helene-vauquerin+fae1bb58+AadMFovgMrhJIGKYKUI6cKTPxeVOz62dw+5E116vCHYP"
#define KEY_IDRISS "idriss-lacombe-toure+3717ce20+AaPACYkZVOfxDWHjyH5AovpczBauOO0wFuj4EL6fTDKM"

/* A finding that a test expects: in which line, at which path, and a piece of the problem. */
struct vote_fault {
	uint32_t line;
	const char *path, *says;
};

/* vote_text_head writes a definition without fault in which the value of one field is another one;
 * NULL leaves the field out, a name that is not known is added on line 13. */
void vote_text_head(struct urne_buf *out, const char *name, const char *value);
/* vote_text_items writes one with these items, from line 13 on. */
void vote_text_items(struct urne_buf *out, const char *items);
/* vote_text_rules writes one item of the kind, with contents that suit it, on lines 13 to 17, and
 * these rules on line 19. */
void vote_text_rules(struct urne_buf *out, enum urne_item_kind kind, const char *rules);
/* vote_text_expect: these are all the faults, in this order, each with a remedy; warnings are not
 * looked at. `what` names the case when the test fails. Clears the text. */
void vote_text_expect(
    struct urne_buf *text, const char *what, const struct vote_fault *faults, size_t num);
/* vote_text_expect_nothing: neither fault nor warning. Clears the text. */
void vote_text_expect_nothing(struct urne_buf *text, const char *what);
/* vote_text_expect_warning: no fault, and this warning. Clears the text. */
void vote_text_expect_warning(
    struct urne_buf *text, const char *what, const struct vote_fault *warning);

#endif
