/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers are decimal and positive; a dash makes a run of them. */
#include "client/questionnaire/picks.h"

#include <string.h>

/* More digits than this are no number of an answer; so nothing overflows. */
#define MAX_NUMBER ((uint64_t)1000000000)

static bool
divides(char c)
{
	return strchr(" \t,;", c) != NULL;
}

struct urne_view
urne_picks_word(struct urne_view *line)
{
	struct urne_view word;

	while (line->len > 0 && divides(line->p[0])) {
		line->p++;
		line->len--;
	}
	word = (struct urne_view){line->p, 0};
	while (line->len > 0 && !divides(line->p[0])) {
		line->p++;
		line->len--;
		word.len++;
	}
	return word;
}

/* "7" or "3-7" */
static bool
read_run(uint64_t *from, uint64_t *to, struct urne_view word)
{
	struct urne_view first;

	if (!urne_view_cut(&first, &word, '-')) {
		first = word;
	}
	return urne_decimal_decode(from, first, MAX_NUMBER) == URNE_OK &&
	       urne_decimal_decode(to, word, MAX_NUMBER) == URNE_OK && *from <= *to;
}

static enum urne_picks_fault
pick(struct urne_picks *p, uint64_t number)
{
	p->number = number;
	if (number > p->max || (number == 0 && !p->zero)) {
		return URNE_PICKS_NO_SUCH;
	}
	if (p->picked[number] != 0) {
		return URNE_PICKS_TWICE;
	}
	p->picked[number] = 1;
	p->num++;
	return URNE_PICKS_FINE;
}

enum urne_picks_fault
urne_picks_read(struct urne_picks *p, struct urne_view line)
{
	enum urne_picks_fault fault = URNE_PICKS_FINE;
	struct urne_view word;

	p->num = 0;
	p->number = 0;
	urne_wipe(p->picked, (p->max + 1) * sizeof(*p->picked));
	while (fault == URNE_PICKS_FINE && (word = urne_picks_word(&line)).len > 0) {
		uint64_t from = 0, to = 0;

		if (!read_run(&from, &to, word)) {
			return URNE_PICKS_UNREADABLE;
		}
		for (uint64_t n = from; fault == URNE_PICKS_FINE && n <= to; n++) {
			fault = pick(p, n);
		}
	}
	return fault == URNE_PICKS_FINE && p->num == 0 ? URNE_PICKS_UNREADABLE : fault;
}
