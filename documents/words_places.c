/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence of a place: which rank, by which rule, with which votes, and who had to wait; and
 * that of a rival list's seats.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"
#include "documents/words_fill.h"

#define NUM_GENDERS 3

/* "Rang 4~: ", and what it means to stand behind the seats. */
static void
put_rank(struct urne_buf *out, enum urne_lang lang, const struct urne_item *item,
    const struct urne_place *place)
{
	static const struct urne_phrase in = {{"Rang {0}~: ", "Rank {0}: "}};
	static const struct urne_phrase substitute = {
	    {"Rang {0}, suppléant{1}~: ", "Rank {0}, substitute: "}};
	static const struct urne_phrase outside = {
	    {"Rang {0}, non retenu{1}~: ", "Rank {0}, not selected: "}};
	const struct urne_phrase *behind =
	    item->kind == URNE_ITEM_LIST_CANDIDATES ? &substitute : &outside;
	bool woman = place->entry < item->num_entries &&
		     item->entries[place->entry].gender == URNE_GENDER_WOMAN;
	const struct urne_word words[] = {urne_word_number(place->rank), urne_word_e(woman)};

	urne_words_fill(out, lang, place->in || item->seats == 0 ? &in : behind, words, 2);
}

/* Majority judgement has no votes for anybody: the majority grade, and how many gave it or more. */
static void
put_grade(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_place *place)
{
	static const struct urne_phrase grade = {
	    {"mention majoritaire «~{0}~»~; ", "majority grade “{0}”; "}};
	static const struct urne_phrase share = {
	    {" des votes lui donnent mieux ou autant", " of the votes give it that or better"}};
	const struct urne_grade_row *row = &o->rows[place->entry];
	const struct urne_word word =
	    urne_word_text(o->item->grades[row->majority_grade].title.by_language[r.index]);
	uint64_t same = row->histogram[row->majority_grade];

	urne_words_fill(out, r.lang, &grade, &word, 1);
	urne_words_share(out, r.lang, row->better + same, row->better + same + row->worse);
	urne_words_fill(out, r.lang, &share, NULL, 0);
}

static struct urne_view
reserved_group(const struct urne_item *item, size_t rank)
{
	for (size_t i = 0; i < item->num_reserves; i++) {
		if (item->reserves[i].rank == rank) {
			return item->reserves[i].group;
		}
	}
	return urne_view_of("?");
}

/* Why this entry: by a reserve, because of whose turn it is, or by votes alone. */
static const struct urne_phrase *
why_of(const struct urne_item *item, const struct urne_place *place)
{
	static const struct urne_phrase turn[NUM_GENDERS] = {
	    [URNE_GENDER_NONE] = {{"personne suivante selon les voix, {0}",
		"next person by votes, {0}"}},
	    [URNE_GENDER_WOMAN] = {{"femme suivante selon les voix, {0}",
		"next woman by votes, {0}"}},
	    [URNE_GENDER_MAN] = {{"homme suivant selon les voix, {0}", "next man by votes, {0}"}},
	};
	static const struct urne_phrase group[NUM_GENDERS] = {
	    [URNE_GENDER_NONE] = {{"réservé au groupe «~{1}~», premier nom restant de ce groupe "
				   "selon les voix, {0}",
		"kept for the group “{1}”, the next of that group by votes, {0}"}},
	    [URNE_GENDER_WOMAN] = {{"réservé au groupe «~{1}~», première femme restante de ce "
				    "groupe selon les voix, {0}",
		"kept for the group “{1}”, the next woman of that group by votes, {0}"}},
	    [URNE_GENDER_MAN] = {{"réservé au groupe «~{1}~», premier homme restant de ce groupe "
				  "selon les voix, {0}",
		"kept for the group “{1}”, the next man of that group by votes, {0}"}},
	};
	static const struct urne_phrase open[NUM_GENDERS] = {
	    [URNE_GENDER_NONE] = {{"réserve du groupe «~{1}~» restée ouverte, faute de nom pour ce "
				   "rang~; personne suivante selon les voix, {0}",
		"reserve of the group “{1}” left open, nobody of it could take this rank; next "
		"person by votes, {0}"}},
	    [URNE_GENDER_WOMAN] = {{"réserve du groupe «~{1}~» restée ouverte, faute de nom pour "
				    "ce rang~; femme suivante selon les voix, {0}",
		"reserve of the group “{1}” left open, nobody of it could take this rank; next "
		"woman by votes, {0}"}},
	    [URNE_GENDER_MAN] = {{"réserve du groupe «~{1}~» restée ouverte, faute de nom pour ce "
				  "rang~; homme suivant selon les voix, {0}",
		"reserve of the group “{1}” left open, nobody of it could take this rank; next man "
		"by votes, {0}"}},
	};
	static const struct urne_phrase entry = {
	    {"réservé à ce nom, {0}", "kept for this name, {0}"}};
	static const struct urne_phrase most_names = {
	    {"{0}, le plus grand nombre parmi les noms restants",
		"{0}, the most of the names left"}};
	static const struct urne_phrase most_commitments = {
	    {"{0}, le plus grand nombre parmi les engagements restants",
		"{0}, the most of the commitments left"}};
	static const struct urne_phrase votes = {{"{0}", "{0}"}};
	/* Of equals nobody has "the most"; of equals in turn the turn is the reason. */
	bool waited = place->passed != SIZE_MAX;

	switch (place->reason) {
	case URNE_PLACE_RESERVED_ENTRY:
		return &entry;
	case URNE_PLACE_RESERVED_GROUP:
		return &group[place->wanted];
	case URNE_PLACE_RESERVE_OPEN:
		return &open[place->wanted];
	case URNE_PLACE_PARITY:
		return &turn[place->wanted];
	case URNE_PLACE_VOTES:
		return item->kind == URNE_ITEM_PRIORITIES ? &most_commitments : &most_names;
	case URNE_PLACE_DRAW:
	case URNE_PLACE_ORDER:
	case URNE_PLACE_SHARED:
	case URNE_PLACE_UNDRAWN:
	case URNE_PLACE_GRADE:
		break;
	}
	return waited ? &turn[place->wanted] : &votes;
}

static void
put_why(struct urne_buf *out, enum urne_lang lang, const struct urne_item *item,
    const struct urne_place *place)
{
	const struct urne_word words[] = {urne_word_count(place->votes, &urne_noun_vote),
	    urne_word_text(reserved_group(item, place->rank))};

	urne_words_fill(out, lang, why_of(item, place), words, 2);
}

/* How equals were told apart, or that they were not. A kept rank can hang on equals too; then the
 * item's rule decided. */
static void
put_tie(struct urne_buf *out, enum urne_lang lang, const struct urne_item *item,
    const struct urne_place *place)
{
	static const struct urne_phrase draw = {{"~; {0} ex æquo, départagé{1}s par tirage au sort",
	    "; {0} tied, decided by the draw"}};
	static const struct urne_phrase order = {
	    {"~; {0} ex æquo, départagé{1}s par l’ordre fixé avant le vote",
		"; {0} tied, decided by the order fixed before the vote"}};
	static const struct urne_phrase shared = {
	    {"~; rang partagé, {0} ex æquo", "; shared rank, {0} tied"}};
	static const struct urne_phrase undrawn = {
	    {"~; rang provisoire, les ex æquo attendent le tirage au sort",
		"; provisional rank, the tie waits for the draw"}};
	static const struct urne_phrase *const by_rule[] = {
	    [URNE_TIE_NONE] = &order,
	    [URNE_TIE_DRAW] = &draw,
	    [URNE_TIE_ORDER] = &order,
	    [URNE_TIE_ALL] = &shared,
	};
	const struct urne_word words[] = {
	    urne_word_number(place->num_tied), urne_word_e(place->wanted == URNE_GENDER_WOMAN)};

	if (place->reason == URNE_PLACE_UNDRAWN) {
		urne_words_fill(out, lang, &undrawn, words, 2);
	} else if (place->num_tied > 1) {
		urne_words_fill(out, lang, by_rule[item->tie], words, 2);
	}
}

static void
put_passed(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_place *place)
{
	static const struct urne_phrase ranked = {
	    {"~; {0}, avec {1}, est au rang {2}", "; {0}, with {1}, is at rank {2}"}};
	static const struct urne_phrase unranked = {
	    {"~; {0}, avec plus de voix, n’a pas de rang", "; {0}, with more votes, has no rank"}};
	struct urne_word words[] = {
	    urne_word_text(urne_entry_title(r, o->item, place->passed)), {.n = 0}, {.n = 0}};

	if (place->passed == SIZE_MAX) {
		return;
	}
	for (size_t i = 0; i < o->num_places; i++) {
		if (o->places[i].entry == place->passed) {
			words[1] = urne_word_count(o->places[i].votes, &urne_noun_vote);
			words[2] = urne_word_number(o->places[i].rank);
			urne_words_fill(out, r.lang, &ranked, words, 3);
			return;
		}
	}
	urne_words_fill(out, r.lang, &unranked, words, 1);
}

/* Of a rival list: its own candidates take its seats, in its order or by votes. */
static void
put_in_list(struct urne_buf *out, struct urne_reader r, const struct urne_item *item,
    const struct urne_place *place)
{
	static const struct urne_phrase by_order = {{"liste «~{0}~», dans l’ordre de la liste, {1}",
	    "list “{0}”, in the list’s order, {1}"}};
	static const struct urne_phrase by_votes = {
	    {"liste «~{0}~», selon les voix, {1}", "list “{0}”, by votes, {1}"}};
	static const struct urne_phrase tied = {
	    {"liste «~{0}~», selon les voix, {1}~; {2} ex æquo, départagés par l’ordre de la liste",
		"list “{0}”, by votes, {1}; {2} tied, decided by the list’s order"}};
	static const struct urne_phrase undrawn = {
	    {"~; siège provisoire, qui attend le tirage au sort",
		"; provisional seat, which waits for the draw"}};
	size_t section = place->entry < item->num_entries ? item->entries[place->entry].section : 0;
	const struct urne_word words[] = {
	    urne_word_text(item->sections[section].title.by_language[r.index]),
	    urne_word_count(place->votes, &urne_noun_vote),
	    urne_word_number(place->num_tied),
	};
	const struct urne_phrase *phrase = place->num_tied > 1 ? &tied : &by_votes;

	urne_words_fill(out, r.lang, item->within_by_votes ? phrase : &by_order, words, 3);
	if (place->reason == URNE_PLACE_UNDRAWN) {
		urne_words_fill(out, r.lang, &undrawn, NULL, 0);
	}
}

void
urne_words_place_reason(struct urne_buf *out, struct urne_reader r,
    const struct urne_item_outcome *o, const struct urne_place *place)
{
	if (o->item->kind == URNE_ITEM_LIST_CHOICE) {
		put_in_list(out, r, o->item, place);
		return;
	}
	if (o->item->kind == URNE_ITEM_GRADES && place->entry < o->num_rows) {
		put_grade(out, r, o, place);
	} else {
		put_why(out, r.lang, o->item, place);
	}
	put_tie(out, r.lang, o->item, place);
	put_passed(out, r, o, place);
}

void
urne_words_place(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_place *place)
{
	put_rank(out, r.lang, o->item, place);
	urne_words_place_reason(out, r, o, place);
	urne_buf_putc(out, '.');
}
