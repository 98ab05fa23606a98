/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences around the questionnaire. What scripts read stays in English and in JSON. */
#include "client/cli/vote_words.h"

#include <stdlib.h>
#include <string.h>

#include "client/questionnaire/review.h"

/* --- the language --- */

/* "fr" of "fr_FR.UTF-8"; empty when the environment has none. */
static struct urne_view
language_of_environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0') {
			return (struct urne_view){value, strcspn(value, "_.@")};
		}
	}
	return (struct urne_view){"", 0};
}

static bool
speaks(const struct urne_definition *v, struct urne_view code)
{
	return urne_view_eq(v->languages[urne_definition_language(v, code)], code);
}

enum urne_err
urne_vote_paper(struct urne_paper *out, struct urne_sealed *s)
{
	const char *wanted = urne_cli_option(s->cli, "lang");
	struct urne_view code = wanted != NULL ? urne_view_of(wanted) : language_of_environment();
	bool sealed = false;
	enum urne_err e = urne_sealed_definition(s, &sealed);

	*out = (struct urne_paper){.election = &s->election, .r = {.lang = urne_lang_of(code)}};
	if (e != URNE_OK || !sealed) {
		return e;
	}
	out->definition = &s->definition;
	if (wanted != NULL && !speaks(&s->definition, code)) {
		return urne_fail(&s->cli->diag, URNE_ERR_USAGE,
		    "--lang %s: the vote is not in that language; its first one is %.*s", wanted,
		    (int)s->definition.languages[0].len, s->definition.languages[0].p);
	}
	if (!speaks(&s->definition, code)) {
		code = s->definition.languages[0];
	}
	out->r = urne_reader_for(&s->definition, code);
	return URNE_OK;
}

/* --- sentences --- */

static void
begin(struct urne_lines *l, struct urne_buf *out, const struct urne_paper *p)
{
	urne_lines_init(l, out, p->r.lang);
	urne_lines_empty(l);
}

static struct urne_word
hash_word(struct urne_hash_text *text, const struct urne_hash *h)
{
	*text = urne_cli_hash_text(h);
	return urne_word_text(urne_view_of(text->s));
}

void
urne_vote_say_election(struct urne_buf *out, const struct urne_paper *p)
{
	static const struct urne_phrase here = {
	    {"Vous votez dans «~{0}~», élection {1}.", "You vote in “{0}”, election {1}."}};
	static const struct urne_phrase letter = {
	    {"Comparez avec votre courrier avant de continuer~:",
		"Compare with your letter before you go on:"}};
	static const struct urne_phrase fingerprint = {
	    {"empreinte de l’élection~: {0}", "fingerprint of the election: {0}"}};
	static const struct urne_phrase definition = {
	    {"définition du vote~: {0}", "vote definition: {0}"}};
	const struct urne_election *e = p->election;
	const struct urne_word words[] = {urne_word_text(e->name), urne_word_text(e->uuid)};
	struct urne_hash_text text;
	struct urne_lines l;

	begin(&l, out, p);
	urne_lines_say(&l, "", &here, words, 2);
	urne_lines_say(&l, "", &letter, NULL, 0);
	urne_lines_say1(&l, "- ", &fingerprint, hash_word(&text, &e->fingerprint));
	if (p->definition != NULL) {
		urne_lines_say1(&l, "- ", &definition, urne_word_text(e->vote_definition));
	}
	urne_lines_empty(&l);
	urne_lines_clear(&l);
}

const char *
urne_vote_word_credential(const struct urne_paper *p)
{
	static const struct urne_phrase word = {
	    {"Votre code de vote (rien ne s’affiche pendant la frappe) : ",
		"Your credential (nothing is shown while you type): "}};

	return word.by_lang[p->r.lang];
}

void
urne_vote_say_wrong_credential(struct urne_buf *out, const struct urne_paper *p)
{
	static const struct urne_phrase wrong = {{"Ce code n’est pas un code de ce vote. "
						  "Vérifiez-le sur votre courrier et tapez-le "
						  "encore, "
						  "tirets compris.",
	    "This is no credential of this vote. Check it in your letter and type it again, dashes "
	    "included."}};
	struct urne_lines l;

	begin(&l, out, p);
	urne_lines_say(&l, "", &wrong, NULL, 0);
	urne_lines_clear(&l);
}

void
urne_vote_say_left(struct urne_buf *out, const struct urne_paper *p)
{
	static const struct urne_phrase left = {
	    {"Vous avez quitté sans voter. Rien n’est déposé, vos réponses sont effacées.",
		"You left without voting. Nothing is cast, your answers are wiped."}};
	struct urne_lines l;

	begin(&l, out, p);
	urne_lines_say(&l, "", &left, NULL, 0);
	urne_lines_clear(&l);
}

/* Fingerprint, as it was before the decision, and tracker, as it will be in the archive. */
static void
say_names(struct urne_lines *l, const struct urne_own_ballot *b)
{
	static const struct urne_phrase fingerprint = {
	    {"empreinte, la même qu’avant~: {0}", "fingerprint, the same as before: {0}"}};
	static const struct urne_phrase tracker = {{"numéro de suivi~: {0}", "tracker: {0}"}};
	struct urne_hash_text text;

	urne_lines_say1(l, "- ", &fingerprint, hash_word(&text, &b->fingerprint));
	urne_lines_say1(l, "- ", &tracker, hash_word(&text, &b->tracker));
}

void
urne_vote_say_cast(struct urne_buf *out, const struct urne_paper *p,
    const struct urne_own_ballot *b, const struct urne_receipt_facts *f, const char *receipt)
{
	static const struct urne_phrase cast = {
	    {"Votre vote est déposé. Le reçu est dans le fichier {0}~: gardez-le.",
		"Your vote is cast. The receipt is in the file {0}: keep it."}};
	static const struct urne_phrase replaced = {
	    {"Il remplace un bulletin déposé plus tôt avec le même code.",
		"It replaces a ballot that was cast before with the same credential."}};
	static const struct urne_phrase means = {
	    {"Le reçu prouve que ce bulletin est enregistré. Il ne montre pas comment vous avez "
	     "voté. "
	     "Vous pouvez voter de nouveau jusqu’à la clôture~: le dernier bulletin compte.",
		"The receipt proves that this ballot is logged. It does not show how you voted. "
		"You can "
		"vote again until the poll closes: the last ballot counts."}};
	static const struct urne_phrase later = {{"Pour vérifier plus tard, de préférence sur une "
						  "autre machine, avec la clé du registre qui est "
						  "dans votre courrier~:",
	    "To check later, best on another machine, with the key of the log that is in your "
	    "letter:"}};
	struct urne_buf command;
	struct urne_lines l;

	urne_buf_init(&command, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&command,
	    "urne receipt verify %s --board %s --fingerprint %s --log-key KEY", receipt,
	    b->sealed->place, urne_cli_hash_text(&b->fingerprint).s);
	begin(&l, out, p);
	urne_lines_say1(&l, "", &cast, urne_word_text(urne_view_of(receipt)));
	say_names(&l, b);
	if (f->receipt.has_replaced) {
		urne_lines_say(&l, "", &replaced, NULL, 0);
	}
	urne_lines_say(&l, "", &means, NULL, 0);
	urne_lines_say(&l, "", &later, NULL, 0);
	urne_lines_command(&l, urne_buf_view(&command));
	urne_lines_clear(&l);
	urne_buf_clear(&command);
}

void
urne_vote_say_written(struct urne_buf *out, const struct urne_paper *p,
    const struct urne_own_ballot *b, const char *ballot)
{
	static const struct urne_phrase written = {
	    {"Le bulletin est dans le fichier {0}. Il N’EST PAS ENCORE déposé~: remettez-le à la "
	     "personne "
	     "responsable du scrutin, qui l’ajoute à l’archive. Gardez le numéro de suivi pour l’y "
	     "retrouver.",
		"The ballot is in the file {0}. It is NOT CAST YET: hand it to the official, who "
		"appends "
		"it to the archive. Keep the tracker to find it there."}};
	struct urne_lines l;

	begin(&l, out, p);
	urne_lines_say1(&l, "", &written, urne_word_text(urne_view_of(ballot)));
	say_names(&l, b);
	urne_lines_clear(&l);
}

void
urne_vote_say_kept(
    struct urne_buf *out, const struct urne_paper *p, bool refused, const char *again)
{
	static const struct urne_phrase states[] = {
	    {{"Votre vote N’EST PAS confirmé~: il n’y a pas de reçu valable. Le bulletin est "
	      "gardé~; "
	      "renvoyez exactement celui-là, sans risque, jusqu’à ce qu’il y ait un reçu~:",
		"Your vote is NOT confirmed: there is no receipt that holds. The ballot is kept; "
		"send "
		"exactly that one again, which does no harm, until there is a receipt:"}},
	    {{"Votre vote N’EST PAS déposé~: l’urne a refusé le bulletin, pour la raison "
	      "ci-dessous. Il "
	      "est gardé, et s’envoie de nouveau ainsi~:",
		"Your vote is NOT cast: the board refused the ballot, for the reason below. It is "
		"kept, "
		"and is sent again like this:"}},
	};
	struct urne_lines l;

	begin(&l, out, p);
	urne_lines_say(&l, "", &states[refused ? 1 : 0], NULL, 0);
	urne_lines_command(&l, urne_view_of(again));
	urne_lines_clear(&l);
}

/* --- opened ballots --- */

void
urne_vote_say_audited(struct urne_buf *out, const struct urne_paper *p, const struct urne_opened *o)
{
	static const struct urne_phrase honest = {
	    {"Ce bulletin est, octet pour octet, celui que donnent les réponses et la graine du "
	     "fichier. Il "
	     "aurait voté~:",
		"This ballot is, byte for byte, what the choices and the seed in the file make. It "
		"would "
		"have voted:"}};
	static const struct urne_phrase fingerprint = {
	    {"Empreinte du bulletin~: {0}", "Fingerprint of the ballot: {0}"}};
	static const struct urne_phrase compare = {{"Comparez-la avec celle que la machine a "
						    "montrée avant le contrôle~: le contrôle ne "
						    "vaut que si "
						    "elles sont les mêmes.",
	    "Compare it with the one that the machine showed before the audit: the audit is worth "
	    "something only if they are the same."}};
	static const struct urne_phrase never = {{"Ce bulletin a été ouvert~: sans signature, "
						  "personne ne peut le déposer. Il ne compte pas.",
	    "This ballot was opened: without a signature nobody can cast it. It does not count."}};
	struct urne_hash_text text;
	struct urne_lines l;

	urne_lines_init(&l, out, p->r.lang);
	urne_lines_say(&l, "", &honest, NULL, 0);
	urne_review(&l, p, o->choices.m);
	urne_lines_empty(&l);
	urne_lines_say1(&l, "", &fingerprint, hash_word(&text, &o->fingerprint));
	urne_lines_say(&l, "", &compare, NULL, 0);
	urne_lines_say(&l, "", &never, NULL, 0);
	urne_lines_clear(&l);
}

void
urne_vote_say_difference(
    struct urne_buf *out, const struct urne_paper *p, const struct urne_opened_difference *x)
{
	static const struct urne_phrase phrases[] = {
	    [URNE_OPENED_EVERYTHING] =
		{{"aucune réponse de ce bulletin n’est faite avec cette graine",
		    "no answer of this ballot was made with this seed"}},
	    [URNE_OPENED_ANSWER] =
		{{"question {0}, «~{1}~»~: la réponse n’est pas faite avec cette graine",
		    "question {0}, “{1}”: the answer was not made with this seed"}},
	    [URNE_OPENED_SWAPPED] =
		{{"question {0}, «~{1}~»~: la réponse est celle de la question {3}",
		    "question {0}, “{1}”: the answer is that of question {3}"}},
	    [URNE_OPENED_MARKED] =
		{{"question {0}, «~{1}~»~: le bulletin choisit «~{2}~», le fichier dit "
		  "que non",
		    "question {0}, “{1}”: the ballot chooses “{2}”, and the file says that it does "
		    "not"}},
	    [URNE_OPENED_UNMARKED] =
		{{"question {0}, «~{1}~»~: le fichier dit que «~{2}~» est choisi, le "
		  "bulletin ne le choisit pas",
		    "question {0}, “{1}”: the file says that “{2}” is chosen, and the ballot does "
		    "not choose "
		    "it"}},
	    [URNE_OPENED_FORGED] = {{"question {0}, «~{1}~»~: «~{2}~» ne contient ni 0 ni 1",
		"question {0}, “{1}”: “{2}” holds neither 0 nor 1"}},
	    [URNE_OPENED_PROOF] =
		{{"question {0}, «~{1}~»~: la réponse est juste, ses preuves ne sont pas "
		  "celles de cette graine et de ce code",
		    "question {0}, “{1}”: the answer is right, its proofs are not those of this "
		    "seed and "
		    "credential"}},
	};
	struct urne_asked a = urne_paper_ask(p, x->question);
	const struct urne_word words[] = {urne_word_number(x->question + 1),
	    urne_word_text(urne_asked_title(p, &a)),
	    urne_word_text(urne_asked_choice_label(p, &a, x->choice)),
	    urne_word_number(x->other + 1)};
	struct urne_lines l;

	urne_lines_init(&l, out, p->r.lang);
	urne_lines_say(&l, "", &phrases[x->what], words, 4);
	urne_lines_clear(&l);
}
