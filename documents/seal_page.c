/* SPDX-License-Identifier: EUPL-1.2 */
/* What officials seal, as a page and as hashes that they compare by telephone.
 * Spec: docs/journal.md#what-an-order-does */
#include "documents/composer.h"
#include "documents/order_page.h"
#include "documents/outcome_documents.h"

#define NO_TEXT ((struct urne_view){"", 0})

static void
compose_hashes(struct urne_composer *c, const struct urne_seal_facts *f)
{
	static const struct urne_phrase name = {{"Élection", "Election"}};
	static const struct urne_phrase setup = {
	    {"Élection entière (SHA-256)", "Whole election (SHA-256)"}};
	static const struct urne_phrase fingerprint = {
	    {"Empreinte que signe chaque bulletin", "Fingerprint that every ballot signs"}};
	static const struct urne_phrase both = {{"{0} ({1})", "{0} ({1})"}};
	static const struct urne_phrase definition = {
	    {"Définition du vote (SHA-256)", "Vote definition (SHA-256)"}};
	static const struct urne_phrase none = {{"aucune", "none"}};
	static const struct urne_phrase list = {
	    {"Liste des codes (SHA-256)", "List of credentials (SHA-256)"}};
	static const struct urne_phrase count = {{"Codes de vote", "Credentials"}};
	static const struct urne_phrase weight = {{"Poids total", "Total weight"}};
	char base64[URNE_HASH_B64_LEN];
	const struct urne_word words[] = {urne_word_text(urne_say_fours(c, &f->fingerprint)),
	    urne_word_text((struct urne_view){base64, sizeof(base64)})};

	urne_b64_hash_encode(base64, &f->fingerprint);
	urne_page_open(c->p, URNE_BLOCK_FACTS, NO_TEXT);
	urne_page_fact(c->p, urne_say(c, &name), f->name);
	urne_page_fact(c->p, urne_say(c, &setup), urne_say_fours(c, &f->setup));
	urne_page_fact(c->p, urne_say(c, &fingerprint), urne_say_with(c, &both, words, 2));
	urne_page_fact(c->p, urne_say(c, &definition),
	    f->definition != NULL ? urne_say_fours(c, &f->definition->sha256) : urne_say(c, &none));
	urne_page_fact(c->p, urne_say(c, &list), urne_say_fours(c, &f->credentials));
	urne_page_fact(c->p, urne_say(c, &count), urne_say_number(c, f->num_credentials));
	urne_page_fact(c->p, urne_say(c, &weight), urne_say_number(c, f->weight));
	urne_page_close(c->p);
}

static struct urne_view
say_part(struct urne_composer *c, const struct urne_seal_trustee *t)
{
	static const struct urne_phrase alone = {{"toujours exigé", "always needed"}};
	static const struct urne_phrase shared = {
	    {"groupe {0}, où {1} suffisent", "group {0}, of which {1} suffice"}};
	const struct urne_word words[] = {urne_word_number(t->group), urne_word_number(t->needed)};

	return t->group == 0 ? urne_say(c, &alone) : urne_say_with(c, &shared, words, 2);
}

static void
compose_trustees(struct urne_composer *c, const struct urne_seal_facts *f)
{
	static const struct urne_phrase caption = {{"Dépositaires de clé", "Trustees"}};
	static const struct urne_phrase head[] = {
	    {{"N°", "No."}},
	    {{"Nom", "Name"}},
	    {{"Clé publique (SHA-256)", "Public key (SHA-256)"}},
	    {{"Pour déchiffrer", "To decrypt"}},
	};

	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 1);
	for (size_t i = 0; i < f->num_trustees; i++) {
		const struct urne_seal_trustee *t = &f->trustees[i];

		urne_compose_row(c);
		urne_page_cell(c->p, true, urne_say_number(c, i + 1));
		urne_page_cell(c->p, false, t->name);
		urne_page_cell(c->p, false, urne_say_fours(c, &t->key));
		urne_page_cell(c->p, false, say_part(c, t));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

void
urne_seal_compose(struct urne_page *p, struct urne_reader r, const struct urne_seal_facts *f)
{
	static const struct urne_phrase title = {{"Ce qui est scellé", "What is sealed"}};
	static const struct urne_phrase aloud = {
	    {"Calculé ici, à partir de ce que montre le serveur. Chaque responsable compare ces "
	     "empreintes au téléphone avec les autres, chiffre par chiffre.",
		"Computed here, from what the board shows. Every official compares these hashes "
		"with the others by telephone, digit by digit."}};
	static const struct urne_phrase test = {
	    {"C’est une élection d’essai~: elle ne décide de rien.",
		"This is a test election: it decides nothing."}};
	struct urne_composer c;

	urne_composer_init(&c, p, r);
	urne_compose_chapter(&c, &title);
	if (f->test) {
		urne_page_text(p, URNE_BLOCK_NOTICE, urne_say(&c, &test));
	}
	urne_compose_paragraph(&c, &aloud);
	compose_hashes(&c, f);
	compose_trustees(&c, f);
	urne_composer_clear(&c);
	if (f->definition != NULL) {
		urne_definition_compose(p, r, f->definition);
	}
}
