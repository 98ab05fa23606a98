/* SPDX-License-Identifier: EUPL-1.2 */
/* What each action of an order is called, and the sentence that says what it does.
 * Spec: docs/journal.md#orders */
#include "documents/order_page.h"
#include "documents/words_fill.h"

static const struct urne_noun noun_trustee = {
    {{"dépositaire de clé", "trustee"}}, {{"dépositaires de clé", "trustees"}}};
static const struct urne_noun noun_credential = {
    {{"code de vote", "credential"}}, {{"codes de vote", "credentials"}}};

static const struct urne_phrase names[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_PREPARE] = {{"préparation", "preparation"}},
    [URNE_ACTION_ROLL] = {{"liste électorale", "roll"}},
    [URNE_ACTION_SEAL] = {{"scellement", "seal"}},
    [URNE_ACTION_CHECKLIST] = {{"constat avant l’ouverture", "checklist before the opening"}},
    [URNE_ACTION_OPEN] = {{"ouverture", "opening"}},
    [URNE_ACTION_EXTEND] = {{"prolongation", "extension"}},
    [URNE_ACTION_CLOSE] = {{"clôture", "closing"}},
    [URNE_ACTION_RELEASE] = {{"publication du résultat", "release of the result"}},
    [URNE_ACTION_INCIDENT] = {{"incident", "incident"}},
    [URNE_ACTION_INTERVENTION] = {{"intervention", "intervention"}},
    [URNE_ACTION_CERTIFY] = {{"certification", "certification"}},
    [URNE_ACTION_REVOKE] = {{"retrait d’un responsable", "revocation of an official"}},
    [URNE_ACTION_ENROL] = {{"admission d’un responsable", "enrolment of an official"}},
};

const char *
urne_words_action(enum urne_lang lang, enum urne_action a)
{
	return names[a].by_lang[lang];
}

void
urne_words_seconds(struct urne_buf *out, enum urne_lang lang, int64_t seconds)
{
	const struct urne_moment m = {.seconds = seconds};

	urne_words_moment_utc(out, lang, &m);
}

/* --- one sentence each --- */

static void
say_prepare(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase phrase = {
	    {"Préparer l’élection~: la clé est faite par {0}, dans le groupe {1}, et il en suffit "
	     "de {2} pour déchiffrer le résultat.",
		"Prepare the election: the key is made by {0}, in the group {1}; to decrypt the "
		"result takes {2} of them."}};
	const struct urne_word words[] = {
	    urne_word_count(o->num_values - URNE_PREPARE_TRUSTEES, &noun_trustee),
	    urne_word_text(o->value[URNE_PREPARE_GROUP]),
	    urne_word_number(urne_order_number(o, URNE_PREPARE_THRESHOLD))};

	urne_words_fill(out, lang, &phrase, words, 3);
}

static void
say_roll(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase phrase = {
	    {"Arrêter la liste électorale~: {0}, de poids total {1}.",
		"Fix the roll: {0}, of total weight {1}."}};
	const struct urne_word words[] = {
	    urne_word_count(urne_order_number(o, URNE_ROLL_COUNT), &noun_credential),
	    urne_word_number(urne_order_number(o, URNE_ROLL_WEIGHT))};

	urne_words_fill(out, lang, &phrase, words, 2);
}

static void
say_seal(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase kinds[] = {
	    {{"Sceller l’élection, où plus rien ne change alors~; ",
		"Seal the election, in which nothing changes from then on; "}},
	    {{"Sceller une élection d’essai, qui ne décide de rien~; ",
		"Seal a test election, which decides nothing; "}},
	};
	static const struct urne_phrase hours = {
	    {"on vote du {0} au {1}.", "the voting is from {0} to {1}."}};
	static const struct urne_phrase no_hours = {
	    {"elle n’a pas d’heures, les responsables l’ouvrent et la closent.",
		"it has no hours, officials open and close it."}};
	bool there = false, test = urne_view_is(o->value[URNE_SEAL_KIND], "test");
	int64_t opens = urne_order_time(o, URNE_SEAL_OPENS, &there);
	struct urne_buf from, to;

	urne_words_fill(out, lang, &kinds[test ? 1 : 0], NULL, 0);
	if (!there) {
		urne_words_fill(out, lang, &no_hours, NULL, 0);
		return;
	}
	urne_buf_init(&from, URNE_MAX_SMALL_FILE);
	urne_buf_init(&to, URNE_MAX_SMALL_FILE);
	urne_words_seconds(&from, lang, opens);
	urne_words_seconds(&to, lang, urne_order_time(o, URNE_SEAL_CLOSES, &there));
	urne_words_fill(out, lang, &hours,
	    (const struct urne_word[]){
		urne_word_text(urne_buf_view(&from)), urne_word_text(urne_buf_view(&to))},
	    2);
	urne_buf_clear(&from);
	urne_buf_clear(&to);
}

static void
say_checklist(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase phrase = {
	    {"Constater avant l’ouverture que l’urne est vide, quel programme le serveur fait "
	     "tourner, et que le déchiffrement a été répété par {0}.",
		"State before the opening that the urn is empty, which program the board runs, "
		"and that {0} rehearsed the decryption."}};
	struct urne_word word =
	    urne_word_count(urne_order_number(o, URNE_CHECKLIST_REHEARSED), &noun_trustee);

	urne_words_fill(out, lang, &phrase, &word, 1);
}

static void
say_extend(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase phrase = {{"Prolonger le vote jusqu’au {0}. Motif~: {1}",
	    "Extend the voting until {0}. Reason: {1}"}};
	bool there = false;
	struct urne_buf closes;

	urne_buf_init(&closes, URNE_MAX_SMALL_FILE);
	urne_words_seconds(&closes, lang, urne_order_time(o, URNE_EXTEND_CLOSES, &there));
	urne_words_fill(out, lang, &phrase,
	    (const struct urne_word[]){urne_word_text(urne_buf_view(&closes)),
		urne_word_text(o->value[URNE_EXTEND_REASON])},
	    2);
	urne_buf_clear(&closes);
}

static void
say_enrol(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	static const struct urne_phrase phrase = {
	    {"Admettre {0} parmi les responsables du scrutin. Motif~: {1}",
		"Enrol {0} as an official. Reason: {1}"}};
	struct urne_note_key key = {.name = {"?", 1}};
	enum urne_err e = urne_note_key_read(&key, NULL, o->value[URNE_ENROL_OFFICIAL]);

	urne_words_fill(out, lang, &phrase,
	    (const struct urne_word[]){
		urne_word_text(e == URNE_OK ? key.name : o->value[URNE_ENROL_OFFICIAL]),
		urne_word_text(o->value[1])},
	    2);
}

/* The other actions: a sentence whose gaps are the values themselves. */
static const struct urne_phrase simple[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_OPEN] = {{"Ouvrir le vote, à l’heure scellée s’il y en a une.",
	"Open the voting, at the sealed hour if there is one."}},
    [URNE_ACTION_CLOSE] = {{"Clore le vote~: plus aucun bulletin n’est accepté.",
	"Close the voting: no ballot is taken any more."}},
    [URNE_ACTION_RELEASE] = {{"Publier le résultat.", "Release the result."}},
    [URNE_ACTION_INCIDENT] = {{"Consigner un incident~: {0}", "Record an incident: {0}"}},
    [URNE_ACTION_INTERVENTION] = {{"Consigner une intervention~: {0}",
	"Record an intervention: {0}"}},
    [URNE_ACTION_CERTIFY] = {{"Certifier le procès-verbal.", "Certify the minutes."}},
    [URNE_ACTION_REVOKE] = {{"Retirer à {0} le droit de signer. Motif~: {1}",
	"Revoke the right of {0} to sign. Reason: {1}"}},
};

static void (*const sayers[URNE_NUM_ACTIONS])(
    struct urne_buf *out, enum urne_lang lang, const struct urne_order *o) = {
    [URNE_ACTION_PREPARE] = say_prepare,
    [URNE_ACTION_ROLL] = say_roll,
    [URNE_ACTION_SEAL] = say_seal,
    [URNE_ACTION_CHECKLIST] = say_checklist,
    [URNE_ACTION_EXTEND] = say_extend,
    [URNE_ACTION_ENROL] = say_enrol,
};

void
urne_words_order(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o)
{
	struct urne_word words[2] = {urne_word_number(0), urne_word_number(0)};

	if (sayers[o->action] != NULL) {
		sayers[o->action](out, lang, o);
		return;
	}
	for (size_t i = 0; i < o->num_values && i < 2; i++) {
		words[i] = urne_word_text(o->value[i]);
	}
	urne_words_fill(out, lang, &simple[o->action], words, 2);
}
