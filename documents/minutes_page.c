/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes as a page: what was voted on, by whom, and what was decided; then where that comes
 * from, what was only declared, and how to check it. It says what the JSON document says and
 * nothing else, so that its hash, printed at the end, stands for both. Spec: docs/minutes.md#page
 */
#include "documents/minutes_parts.h"

static const struct urne_noun members = {{{"membre", "member"}}, {{"membres", "members"}}};

/* say_members: "1 203", and with weights "1 203 membres, 2 000 voix". */
static struct urne_view
say_members(struct urne_composer *c, uint64_t num, uint64_t weight)
{
	static const struct urne_phrase weighted = {{"{0}, {1}", "{0}, {1}"}};
	const struct urne_word words[] = {
	    urne_word_count(num, &members), urne_word_count(weight, &urne_noun_vote)};

	return num == weight ? urne_say_number(c, num) : urne_say_with(c, &weighted, words, 2);
}

static struct urne_view
say_turnout(struct urne_composer *c, const struct urne_turnout *t)
{
	static const struct urne_phrase weighted = {
	    {"{0} des membres, {1} des voix", "{0} of the members, {1} of the votes"}};
	struct urne_view of_members = urne_say_share(c, t->voters, t->members);
	const struct urne_word words[] = {
	    urne_word_text(of_members), urne_word_text(urne_say_share(c, t->votes, t->roll))};

	return t->members == t->roll && t->voters == t->votes
		   ? of_members
		   : urne_say_with(c, &weighted, words, 2);
}

static struct urne_view
say_ballots(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase replaced = {
	    {"{0}, dont {1} remplacés par un vote ultérieur avec le même code",
		"{0}, of which {1} replaced by a later vote with the same credential"}};
	static const struct urne_phrase one_replaced = {
	    {"{0}, dont {1} remplacé par un vote ultérieur avec le même code",
		"{0}, of which {1} replaced by a later vote with the same credential"}};
	uint64_t revotes = urne_minutes_revotes(m);
	const struct urne_word words[] = {
	    urne_word_number(m->record.ballots), urne_word_number(revotes)};

	if (revotes == 0) {
		return urne_say_number(c, m->record.ballots);
	}
	return urne_say_with(c, revotes == 1 ? &one_replaced : &replaced, words, 2);
}

static void
compose_facts(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase organiser = {{"Organisateur", "Organiser"}};
	static const struct urne_phrase object = {{"Objet du vote", "Object of the vote"}};
	static const struct urne_phrase opening = {{"Ouverture prévue", "Opening, as set"}};
	static const struct urne_phrase closing = {{"Clôture prévue", "Closing, as set"}};
	static const struct urne_phrase roll = {{"Inscrits", "On the roll"}};
	static const struct urne_phrase voters = {{"Votants", "Voters"}};
	static const struct urne_phrase turnout = {{"Participation", "Turnout"}};
	static const struct urne_phrase ballots = {{"Bulletins reçus", "Ballots received"}};
	static const struct urne_phrase uuid = {{"Identifiant de l’élection", "Election"}};
	const struct urne_definition *v = m->definition;
	const struct urne_turnout *t = &m->outcome->turnout;
	struct urne_page *p = c->p;

	urne_page_open(p, URNE_BLOCK_FACTS, (struct urne_view){"", 0});
	urne_page_fact(p, urne_say(c, &organiser), urne_say_text(c, &v->organiser));
	urne_page_fact(p, urne_say(c, &object), urne_say_text(c, &v->description));
	urne_page_fact(p, urne_say(c, &opening), urne_say_moment_and_utc(c, &v->opens));
	urne_page_fact(p, urne_say(c, &closing), urne_say_moment_and_utc(c, &v->closes));
	urne_page_fact(p, urne_say(c, &roll), say_members(c, t->members, t->roll));
	urne_page_fact(p, urne_say(c, &voters), say_members(c, t->voters, t->votes));
	urne_page_fact(p, urne_say(c, &turnout), say_turnout(c, t));
	urne_page_fact(p, urne_say(c, &ballots), say_ballots(c, m));
	urne_page_fact(p, urne_say(c, &uuid), m->record.uuid);
	urne_page_close(p);
}

/* compose_blank: blank and expressed votes of an item: numbers, or why there is no one number. */
static void
compose_blank(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase each = {{"par décision, ci-dessous", "by decision, below"}};
	static const struct urne_phrase none = {{"non proposé", "not offered"}};
	const struct urne_item *item = o->item;
	bool many = item->kind == URNE_ITEM_PROGRAMME || item->kind == URNE_ITEM_TEXT;
	bool one = item->kind == URNE_ITEM_LIST_RATIFICATION && o->num_decisions > 0;
	uint64_t blank = one ? o->decisions[0].blank : o->blank;
	uint64_t expressed = one ? o->decisions[0].expressed : o->expressed;
	bool offered = item->blank != URNE_BLANK_NOT_OFFERED;

	urne_compose_row(c);
	urne_page_cell(c->p, false, urne_say_text(c, &item->title));
	urne_page_cell(c->p, true,
	    !offered ? urne_say(c, &none)
	    : many   ? urne_say(c, &each)
		     : urne_say_number(c, blank));
	urne_page_cell(c->p, true, many ? urne_say(c, &each) : urne_say_number(c, expressed));
	urne_page_close(c->p);
}

static void
compose_blanks(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase caption = {
	    {"Votes blancs et suffrages exprimés", "Blank and expressed votes"}};
	static const struct urne_phrase head[] = {
	    {{"Point du vote", "Item"}},
	    {{"Blancs", "Blank"}},
	    {{"Exprimés", "Expressed"}},
	};

	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 6);
	for (size_t i = 0; i < m->outcome->num_items; i++) {
		const struct urne_item_outcome *o = &m->outcome->items[i];

		/* every voter gives every row a grade: nothing is blank there */
		if (o->item->kind != URNE_ITEM_GRADES) {
			compose_blank(c, o);
		}
	}
	urne_page_close(c->p);
}

/* What must not be overlooked stands before everything else. */
static void
compose_notices(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase test = {
	    {"VOTE DE TEST~: rien de ce qui suit n’a été décidé par qui que ce soit.",
		"TEST VOTE: nothing below was decided by anybody."}};
	static const struct urne_phrase not_verified = {
	    {"L’archive de ce vote n’est pas entièrement vérifiée~: voir «~Vérification~».",
		"The archive of this vote is not fully verified: see “Verification”."}};
	static const struct urne_phrase undrawn = {
	    {"Une égalité attend le tirage au sort~: le résultat n’est pas définitif.",
		"A tie waits for the draw: the outcome is not final."}};

	if (urne_view_starts(m->record.name, "[TEST]")) {
		urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say(c, &test));
	}
	if (!urne_view_is(m->verdict, "VERIFIED")) {
		urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say(c, &not_verified));
	}
	if (!m->outcome->complete) {
		urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say(c, &undrawn));
	}
}

void
urne_minutes_compose(struct urne_page *p, struct urne_reader r, const struct urne_minutes *m,
    const struct urne_hash *sha256)
{
	static const struct urne_phrase title = {{"Procès-verbal du vote", "Minutes of the vote"}};
	struct urne_outcome_heading h = urne_minutes_heading(m);
	struct urne_composer c;

	urne_composer_init(&c, p, r);
	urne_page_heading(p, 1, urne_say(&c, &title));
	urne_page_text(p, URNE_BLOCK_PARAGRAPH, urne_say_text(&c, &m->definition->title));
	compose_notices(&c, m);
	compose_facts(&c, m);
	compose_blanks(&c, m);
	urne_outcome_compose(p, r, &h, m->outcome);
	urne_minutes_page_draw(&c, m);
	urne_minutes_page_trustees(&c, m);
	urne_minutes_page_journal(&c, m);
	urne_minutes_page_declared(&c, m);
	urne_minutes_page_gaps(&c, m);
	urne_minutes_page_verification(&c, m);
	urne_minutes_page_software(&c, m);
	urne_minutes_page_hashes(&c, m);
	urne_minutes_page_signatures(&c, m);
	urne_minutes_page_qr(&c, m, sha256);
	urne_composer_clear(&c);
}
