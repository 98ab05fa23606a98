/* SPDX-License-Identifier: EUPL-1.2 */
/* What a rule asks for, in parts of sentences, and how to answer an item.
 * Spec: docs/vote-definition.md#rules */
#include <inttypes.h>
#include <stdio.h>

#include "documents/words.h"
#include "documents/words_fill.h"

/* A share with at most 4 decimals of a percent divides this. */
#define MILLIONTHS ((uint64_t)1000000)

static struct urne_fraction
reduced(const struct urne_fraction *share)
{
	uint64_t a = share->num, b = share->den;

	while (b != 0) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a == 0 ? *share : (struct urne_fraction){share->num / a, share->den / a};
}

void
urne_words_percent(struct urne_buf *out, enum urne_lang lang, const struct urne_fraction *share)
{
	static const char *const tails[] = {[URNE_LANG_FR] = "\u202f%", [URNE_LANG_EN] = "%"};
	const struct urne_fraction f = reduced(share);
	uint64_t decimals = 0;
	int width = 4;

	if (f.den == 0 || MILLIONTHS % f.den != 0) {
		urne_buf_printf(out, "%" PRIu64 "/%" PRIu64, f.num, f.den);
		return;
	}
	decimals = f.num * (MILLIONTHS / f.den);
	urne_buf_put_u64(out, decimals / 10000);
	decimals %= 10000;
	while (width > 0 && decimals % 10 == 0) {
		decimals /= 10;
		width--;
	}
	if (width > 0) {
		urne_buf_putc(out, lang == URNE_LANG_FR ? ',' : '.');
		urne_buf_printf(out, "%0*" PRIu64, width, decimals);
	}
	urne_buf_puts(out, tails[lang]);
}

void
urne_words_fraction(
    struct urne_buf *out, enum urne_lang lang, bool more_than, const struct urne_fraction *share)
{
	static const struct {
		struct urne_fraction share;
		struct urne_phrase more_than, at_least;
	} names[] = {
	    {{1, 2}, {{"plus de la moitié", "more than half"}},
		{{"au moins la moitié", "at least half"}}},
	    {{1, 3}, {{"plus d’un tiers", "more than one third"}},
		{{"au moins un tiers", "at least one third"}}},
	    {{2, 3}, {{"plus des deux tiers", "more than two thirds"}},
		{{"au moins les deux tiers", "at least two thirds"}}},
	    {{1, 4}, {{"plus d’un quart", "more than one quarter"}},
		{{"au moins un quart", "at least one quarter"}}},
	    {{3, 4}, {{"plus des trois quarts", "more than three quarters"}},
		{{"au moins les trois quarts", "at least three quarters"}}},
	    {{3, 5}, {{"plus des trois cinquièmes", "more than three fifths"}},
		{{"au moins les trois cinquièmes", "at least three fifths"}}},
	};
	static const struct urne_phrase more = {{"plus de ", "more than "}};
	static const struct urne_phrase least = {{"au moins ", "at least "}};
	const struct urne_fraction f = reduced(share);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].share.num == f.num && names[i].share.den == f.den) {
			urne_words_fill(out, lang,
			    more_than ? &names[i].more_than : &names[i].at_least, NULL, 0);
			return;
		}
	}
	urne_words_fill(out, lang, more_than ? &more : &least, NULL, 0);
	urne_words_percent(out, lang, share);
}

void
urne_words_majority(
    struct urne_buf *out, enum urne_lang lang, const struct urne_majority *m, enum urne_blank blank)
{
	static const struct urne_phrase bases[] = {
	    [URNE_BASE_EXPRESSED] = {{" des suffrages exprimés", " of the expressed votes"}},
	    [URNE_BASE_VOTERS] = {{" des votants", " of those who vote"}},
	    [URNE_BASE_ROLL] = {{" des inscrits", " of the roll"}},
	};
	static const struct urne_phrase blanks[] = {
	    [URNE_BLANK_NOT_OFFERED] = {{"", ""}},
	    [URNE_BLANK_EXCLUDED] = {{" (votes blancs non compris)", " (without blank votes)"}},
	    [URNE_BLANK_INCLUDED] = {{" (votes blancs compris)", " (with blank votes)"}},
	};

	urne_words_fraction(out, lang, m->more_than, &m->share);
	urne_words_fill(out, lang, &bases[m->of], NULL, 0);
	if (m->of == URNE_BASE_EXPRESSED) {
		urne_words_fill(out, lang, &blanks[blank], NULL, 0);
	}
}

void
urne_words_quorum(struct urne_buf *out, enum urne_lang lang, const struct urne_quorum *q)
{
	static const struct urne_phrase none = {{"aucun quorum", "no quorum"}};
	static const struct urne_phrase tails[] = {
	    {{" des inscrits doivent voter", " of the roll must vote"}},
	    {{" des inscrits doivent s’exprimer, vote par vote",
		" of the roll must express a vote, decision by decision"}},
	};
	static const struct urne_phrase number = {{"au moins {0}", "at least {0}"}};
	static const struct urne_phrase one_by_one = {
	    {", vote par vote", ", decision by decision"}};
	const struct urne_word votes = urne_word_count(
	    q->number, q->counts_expressed ? &urne_noun_expressed : &urne_noun_cast);

	switch (q->kind) {
	case URNE_QUORUM_NONE:
		urne_words_fill(out, lang, &none, NULL, 0);
		return;
	case URNE_QUORUM_SHARE:
		urne_words_fraction(out, lang, false, &q->share);
		urne_words_fill(out, lang, &tails[q->counts_expressed ? 1 : 0], NULL, 0);
		return;
	case URNE_QUORUM_NUMBER:
		urne_words_fill(out, lang, &number, &votes, 1);
		if (q->counts_expressed) {
			urne_words_fill(out, lang, &one_by_one, NULL, 0);
		}
		return;
	}
}

static void
choose(struct urne_buf *out, enum urne_lang lang, const struct urne_item *item)
{
	static const struct urne_phrase exactly = {{"Choisissez {1}", "Choose {1}"}};
	static const struct urne_phrase up_to = {{"Choisissez jusqu’à {1}", "Choose up to {1}"}};
	static const struct urne_phrase range = {
	    {"Choisissez de {0} à {1}", "Choose from {0} to {1}"}};
	const struct urne_word words[] = {urne_word_number(item->choose_min),
	    urne_word_count(item->choose_max,
		item->kind == URNE_ITEM_PRIORITIES ? &urne_noun_commitment : &urne_noun_name)};
	const struct urne_phrase *phrase = item->choose_min == 0 ? &up_to : &range;

	urne_words_fill(
	    out, lang, item->choose_min == item->choose_max ? &exactly : phrase, words, 2);
}

void
urne_words_instruction(struct urne_buf *out, enum urne_lang lang, const struct urne_item *item)
{
	static const struct urne_phrase answers[URNE_NUM_ITEM_KINDS] = {
	    [URNE_ITEM_LIST_RATIFICATION] = {{"Répondez «~Pour~» ou «~Contre~»",
		"Answer “For” or “Against”"}},
	    [URNE_ITEM_LIST_CHOICE] = {{"Choisissez une liste~; dans cette liste, vous pouvez "
					"aussi choisir des noms",
		"Choose one list; in that list you may also choose names"}},
	    [URNE_ITEM_PROGRAMME] = {{"Pour chaque engagement, répondez «~Pour~» ou «~Contre~»",
		"For every commitment, answer “For” or “Against”"}},
	    [URNE_ITEM_GRADES] = {{"Donnez une mention, et une seule, à chaque ligne",
		"Give every row one grade, and one only"}},
	    [URNE_ITEM_TEXT] = {{"Pour chaque article, puis pour le texte entier, répondez "
				 "«~Pour~» ou «~Contre~»",
		"For every article, and then for the whole text, answer “For” or “Against”"}},
	};
	static const struct urne_phrase blank = {{", ou votez blanc", ", or vote blank"}};
	static const struct urne_phrase abstain = {
	    {" Ne rien choisir, c’est s’abstenir.", " To choose nothing is to abstain."}};
	bool chooses =
	    item->kind == URNE_ITEM_LIST_CANDIDATES || item->kind == URNE_ITEM_PRIORITIES;
	bool never = item->kind == URNE_ITEM_LIST_CHOICE || item->kind == URNE_ITEM_GRADES;

	if (chooses) {
		choose(out, lang, item);
	} else {
		urne_words_fill(out, lang, &answers[item->kind], NULL, 0);
	}
	if (item->blank != URNE_BLANK_NOT_OFFERED) {
		urne_words_fill(out, lang, &blank, NULL, 0);
	}
	urne_buf_putc(out, '.');
	if (!never && (!chooses || item->choose_min == 0)) {
		urne_words_fill(out, lang, &abstain, NULL, 0);
	}
}

void
urne_words_draw(struct urne_buf *out, struct urne_reader r, const struct urne_draw *draw)
{
	static const struct urne_phrase drand = {{
	    "la valeur du tour {0} de la balise publique drand «~{1}~», publiée le ",
	    "the value of round {0} of the public beacon drand “{1}”, published on ",
	}};
	static const struct urne_phrase other = {
	    {"un tirage public («~{0}~»), publié le ", "a public draw (“{0}”), published on "}};
	char round[24];
	struct urne_word words[2] = {{.n = 0}};

	switch (draw->kind) {
	case URNE_DRAW_NONE:
		return;
	case URNE_DRAW_DRAND:
		/* without separators: a number to look up, not to read aloud */
		(void)snprintf(round, sizeof(round), "%" PRIu64, draw->round);
		words[0] = urne_word_text(urne_view_of(round));
		words[1] = urne_word_text(draw->chain);
		urne_words_fill(out, r.lang, &drand, words, 2);
		break;
	case URNE_DRAW_PUBLIC:
		words[0] = urne_word_text(draw->source.by_language[r.index]);
		urne_words_fill(out, r.lang, &other, words, 1);
		break;
	}
	urne_words_moment(out, r.lang, &draw->published);
}
