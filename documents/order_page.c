/* SPDX-License-Identifier: EUPL-1.2 */
/* An order as a page: its arguments follow the table of actions, so that nothing which is signed
 * can be missing on it. */
#include "documents/order_page.h"

#include <string.h>

#include "crypto/sha256.h"
#include "documents/composer.h"

#define NO_TEXT ((struct urne_view){"", 0})

/* What the arguments are called, by their names in the order. */
static const struct label {
	const char *name;
	struct urne_phrase phrase;
} labels[] = {
    {"definition", {{"Définition du vote (SHA-256)", "Vote definition (SHA-256)"}}},
    {"group", {{"Groupe", "Group"}}},
    {"threshold", {{"Dépositaires qui suffisent", "Trustees that suffice"}}},
    {"trustee", {{"Dépositaire de clé", "Trustee"}}},
    {"credentials", {{"Liste des codes (SHA-256)", "List of credentials (SHA-256)"}}},
    {"count", {{"Codes de vote", "Credentials"}}},
    {"weight", {{"Poids total", "Total weight"}}},
    {"setup", {{"Élection entière (SHA-256)", "Whole election (SHA-256)"}}},
    {"trustees", {{"Dépositaires de clé", "Trustees"}}},
    {"opens", {{"Ouverture", "Opening"}}},
    {"closes", {{"Clôture", "Closing"}}},
    {"kind", {{"Nature", "Kind"}}},
    {"urn", {{"Urne vide (racine)", "Empty urn (root)"}}},
    {"software", {{"Programme du serveur (SHA-256)", "Program of the board (SHA-256)"}}},
    {"rehearsed", {{"Répétitions du déchiffrement", "Rehearsals of the decryption"}}},
    {"reason", {{"Motif", "Reason"}}},
    {"result", {{"Résultat (SHA-256)", "Result (SHA-256)"}}},
    {"text", {{"Texte", "Text"}}},
    {"minutes", {{"Procès-verbal (SHA-256)", "Minutes (SHA-256)"}}},
    {"official", {{"Responsable", "Official"}}},
};

static struct urne_view
say_label(struct urne_composer *c, const char *name)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		if (strcmp(labels[i].name, name) == 0) {
			return urne_say(c, &labels[i].phrase);
		}
	}
	return urne_view_of(name);
}

static struct urne_view
say_seconds(struct urne_composer *c, int64_t seconds)
{
	urne_words_seconds(&c->buf, c->r.lang, seconds);
	return urne_composer_take(c);
}

/* say_key: whose it is, and what two people compare by telephone. */
static struct urne_view
say_key(struct urne_composer *c, struct urne_view text)
{
	static const struct urne_phrase phrase = {
	    {"{0}, clé {1} (SHA-256~: {2})", "{0}, key {1} (SHA-256: {2})"}};
	struct urne_note_key key;
	struct urne_hash hash;
	enum urne_err e = urne_note_key_read(&key, NULL, text);

	urne_sha256_of(&hash, text);
	return e != URNE_OK
		   ? text
		   : urne_say_with(c, &phrase,
			 (const struct urne_word[]){urne_word_text(key.name), urne_word_text(text),
			     urne_word_text(urne_say_fours(c, &hash))},
			 3);
}

static struct urne_view
say_value(
    struct urne_composer *c, enum urne_argument_kind kind, const struct urne_order *o, size_t i)
{
	static const struct urne_phrase none = {{"aucune", "none"}};
	static const struct urne_phrase vote = {{"vote", "vote"}};
	static const struct urne_phrase test = {{"essai", "test"}};
	struct urne_hash hash;
	int64_t moment;
	bool there = false;

	switch (kind) {
	case URNE_ARGUMENT_HASH:
	case URNE_ARGUMENT_HASH_OR:
		hash = urne_order_hash(o, i, &there);
		return there ? urne_say_fours(c, &hash) : urne_say(c, &none);
	case URNE_ARGUMENT_NUMBER:
		return urne_say_number(c, urne_order_number(o, i));
	case URNE_ARGUMENT_TIME:
	case URNE_ARGUMENT_TIME_OR:
		moment = urne_order_time(o, i, &there);
		return there ? say_seconds(c, moment) : urne_say(c, &none);
	case URNE_ARGUMENT_KEY:
		return say_key(c, o->value[i]);
	case URNE_ARGUMENT_VOTE_OR_TEST:
		return urne_say(c, urne_view_is(o->value[i], "test") ? &test : &vote);
	case URNE_ARGUMENT_NAME:
	case URNE_ARGUMENT_TEXT:
	case URNE_ARGUMENT_GROUP:
		break;
	}
	return o->value[i];
}

static void
compose_facts(
    struct urne_composer *c, const struct urne_order *o, const struct urne_hash *text_hash)
{
	static const struct urne_phrase election = {{"Élection", "Election"}};
	static const struct urne_phrase every = {{"toutes, ou aucune", "all of them, or none"}};
	static const struct urne_phrase issued = {{"Écrit le", "Written"}};
	static const struct urne_phrase journal = {{"Journal", "Journal"}};
	static const struct urne_phrase hash = {{"Cet ordre (SHA-256)", "This order (SHA-256)"}};
	const struct urne_action_form *form = urne_action_form(o->action);
	size_t k = 0;

	urne_page_open(c->p, URNE_BLOCK_FACTS, NO_TEXT);
	urne_page_fact(
	    c->p, urne_say(c, &election), o->election.len > 0 ? o->election : urne_say(c, &every));
	for (size_t i = 0; i < o->num_values; i++) {
		urne_page_fact(c->p, say_label(c, form->argument[k].name),
		    say_value(c, form->argument[k].kind, o, i));
		k += form->argument[k].repeated ? 0 : 1;
	}
	urne_page_fact(c->p, urne_say(c, &issued), say_seconds(c, o->issued));
	urne_page_fact(c->p, urne_say(c, &journal), o->origin);
	urne_page_fact(c->p, urne_say(c, &hash), urne_say_fours(c, text_hash));
	urne_page_close(c->p);
}

static struct urne_view
say_names(struct urne_composer *c, const struct urne_order_facts *f)
{
	for (size_t i = 0; i < f->num_signed; i++) {
		urne_buf_puts(&c->buf, i > 0 ? ", " : "");
		urne_buf_put_view(&c->buf, f->signed_by[i]);
	}
	return urne_composer_take(c);
}

static void
compose_signatures(struct urne_composer *c, const struct urne_order_facts *f)
{
	static const struct urne_phrase nobody = {
	    {"Personne n’a encore signé.", "Nobody has signed yet."}};
	static const struct urne_phrase signers[] = {
	    {{"Signé par~: {0}.", "Signed by: {0}."}},
	    {{"Signatures au nom de {0}, sans que leur clé ait pu être comparée.",
		"Signatures in the name of {0}, whose keys could not be compared."}},
	};
	static const struct urne_phrase missing = {
	    {"Signatures qui manquent~: {0}.", "Signatures missing: {0}."}};
	static const struct urne_phrase executed = {{"Exécuté~: c’est l’entrée {0} du journal.",
	    "Executed: it is entry {0} of the journal."}};

	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
	    f->num_signed == 0
		? urne_say(c, &nobody)
		: urne_say1(c, &signers[f->unverified ? 1 : 0], urne_word_text(say_names(c, f))));
	if (f->executed) {
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
		    urne_say1(c, &executed, urne_word_number(f->entry)));
	} else if (f->has_needed && f->needed > f->num_signed) {
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
		    urne_say1(c, &missing, urne_word_number(f->needed - f->num_signed)));
	}
}

/* What cannot be taken back is said where it cannot be overlooked. */
static const struct urne_phrase warnings[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_SEAL] = {{"Comparez les empreintes au téléphone avec un autre responsable avant "
			   "de "
			   "signer~: rien de ce qui est scellé ne peut être changé.",
	"Compare the hashes with another official by telephone before you sign: nothing that is "
	"sealed can be changed."}},
    [URNE_ACTION_CLOSE] = {{"Un vote clos ne se rouvre pas.",
	"A voting that is closed is not opened again."}},
    [URNE_ACTION_RELEASE] = {{"Un résultat publié est lu par tous et ne se retire pas.",
	"A result that is released is read by everybody and cannot be taken back."}},
    [URNE_ACTION_REVOKE] = {{"Une clé retirée ne signe plus jamais.",
	"A key that is revoked never signs again."}},
};

void
urne_order_compose(struct urne_page *p, enum urne_lang lang, const struct urne_order_facts *f)
{
	static const struct urne_phrase title = {{"Ordre~: {0}", "Order: {0}"}};
	const struct urne_phrase *warning = &warnings[f->order->action];
	struct urne_composer c;

	urne_composer_init(&c, p, (struct urne_reader){.lang = lang});
	urne_page_heading(p, p->has_title ? 2 : 1,
	    urne_say1(&c, &title,
		urne_word_text(urne_view_of(urne_words_action(lang, f->order->action)))));
	urne_words_order(&c.buf, lang, f->order);
	urne_page_text(p, URNE_BLOCK_PARAGRAPH, urne_composer_take(&c));
	if (warning->by_lang[lang] != NULL && !f->executed) {
		urne_page_text(p, URNE_BLOCK_NOTICE, urne_say(&c, warning));
	}
	compose_facts(&c, f->order, &f->hash);
	compose_signatures(&c, f);
	urne_composer_clear(&c);
}

void
urne_order_compose_facts(struct urne_page *p, enum urne_lang lang, const struct urne_order *o,
    const struct urne_hash *hash)
{
	struct urne_composer c;

	urne_composer_init(&c, p, (struct urne_reader){.lang = lang});
	compose_facts(&c, o, hash);
	urne_composer_clear(&c);
}
