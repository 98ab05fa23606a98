/* SPDX-License-Identifier: EUPL-1.2 */
/* A private key on paper, on one sheet if it can be. What must not be overlooked comes first, then
 * what a person needs who finds the sheet in a safe years later, without us.
 * Spec: docs/formats.md#keys-on-paper */
#include "documents/key_page.h"

#include <string.h>

#include "documents/composer.h"

#define GROUP_LEN ((size_t)4)

static const struct urne_phrase title = {{"Clé privée sur papier", "Private key on paper"}};

const char *
urne_key_page_title(enum urne_lang lang)
{
	return title.by_lang[lang];
}

static void
compose_warning(struct urne_composer *c, const struct urne_key_page *k)
{
	static const struct urne_phrase locked = {
	    {"Qui a cette feuille et la phrase de passe du fichier de clé a la clé. Mettez la "
	     "feuille "
	     "sous pli scellé, et gardez la phrase de passe ailleurs~: sans elle, cette feuille ne "
	     "sert à rien, pas même à vous. Ni photographie, ni copie, ni imprimante en réseau.",
		"Whoever has this sheet and the key file’s passphrase has the key. Store the sheet "
		"sealed, and the passphrase at another place: without it this sheet is of no use, "
		"not even to you. No photograph, no copy, no printer on a network."}};
	static const struct urne_phrase plain = {
	    {"Qui a cette feuille a la clé~: aucune phrase de passe ne la protège. Mettez-la sous "
	     "pli scellé sans attendre, en un lieu fermé. Ni photographie, ni copie, ni imprimante "
	     "en réseau.",
		"Whoever has this sheet has the key: no passphrase protects it. Store it sealed, "
		"at "
		"once, in a locked place. No photograph, no copy, no printer on a network."}};

	urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say(c, k->locked ? &locked : &plain));
}

static struct urne_view
say_kind(struct urne_composer *c, const struct urne_key_page *k)
{
	static const struct urne_phrase single = {
	    {"clé de dépositaire, sans laquelle le vote ne se dépouille pas",
		"a trustee’s key, without which the votes cannot be opened"}};
	static const struct urne_phrase threshold = {
	    {"clé de dépositaire n° {0} sur {1}, dont {2} suffisent à dépouiller le vote",
		"key of trustee {0} of {1}, of whom {2} suffice to open the votes"}};
	static const struct urne_phrase some = {
	    {"clé de dépositaire à plusieurs", "key of one of several trustees"}};
	static const struct urne_phrase signer = {
	    {"clé de signature «~{0}~»", "signing key “{0}”"}};
	static const struct urne_phrase identity = {
	    {"clé de la ou du dépositaire «~{0}~»", "key of the trustee “{0}”"}};
	const struct urne_word numbers[] = {
	    urne_word_number(k->index), urne_word_number(k->size), urne_word_number(k->threshold)};

	switch (k->kind) {
	case URNE_KEY_PAGE_TRUSTEE:
		return urne_say(c, &single);
	case URNE_KEY_PAGE_THRESHOLD:
		return k->index > 0 ? urne_say_with(c, &threshold, numbers, 3) : urne_say(c, &some);
	case URNE_KEY_PAGE_SIGNER:
		return urne_say1(c, &signer, urne_word_text(k->name));
	case URNE_KEY_PAGE_IDENTITY:
		return urne_say1(c, &identity, urne_word_text(k->name));
	}
	return k->name;
}

static void
compose_facts(struct urne_composer *c, const struct urne_key_page *k)
{
	static const struct urne_phrase owner = {{"À qui", "Whose"}};
	static const struct urne_phrase purpose = {{"Pour", "For"}};
	static const struct urne_phrase kind = {{"Quelle clé", "Which key"}};
	static const struct urne_phrase group = {{"Groupe", "Group"}};
	static const struct urne_phrase public = {
	    {"Empreinte de sa clé publique", "Fingerprint of its public key"}};
	static const struct urne_phrase sealed = {
	    {"Scellée le, par (à la main)", "Sealed on, by (by hand)"}};

	urne_page_open(c->p, URNE_BLOCK_FACTS, (struct urne_view){"", 0});
	urne_page_fact(c->p, urne_say(c, &owner), k->owner);
	urne_page_fact(c->p, urne_say(c, &purpose), k->purpose);
	urne_page_fact(c->p, urne_say(c, &kind), say_kind(c, k));
	if (k->group.len > 0) {
		urne_page_fact(c->p, urne_say(c, &group), k->group);
	}
	urne_page_fact(c->p, urne_say(c, &public), urne_say_hash(c, k->fingerprint));
	urne_page_fact(c->p, urne_say(c, &sealed), (struct urne_view){"", 0});
	urne_page_close(c->p);
}

/* put_line writes "1:CCCC..." as " 1:  CCCC CCCC ..."; where the colon is hangs on the number. */
static void
put_line(struct urne_composer *c, struct urne_view line)
{
	struct urne_view number;

	if (!urne_view_cut(&number, &line, ':')) {
		c->p->err = c->p->err == URNE_OK ? URNE_ERR_INTERNAL : c->p->err;
		return;
	}
	urne_buf_puts(&c->buf, number.len < 2 ? " " : "");
	urne_buf_put_view(&c->buf, number);
	urne_buf_puts(&c->buf, ": ");
	for (size_t i = 0; i < line.len; i++) {
		urne_buf_puts(&c->buf, i % GROUP_LEN == 0 ? " " : "");
		urne_buf_putc(&c->buf, line.p[i]);
	}
}

static void
compose_lines(struct urne_composer *c, const struct urne_key_page *k)
{
	static const struct urne_phrase heading = {{"La clé", "The key"}};
	static const struct urne_phrase letters = {
	    {"Chiffres et lettres sans I, L, O ni U~: ce qui ressemble à un O est un zéro, ce qui "
	     "ressemble à un I est un un. Majuscules et espaces sont libres.",
		"Figures and letters without I, L, O and U: what looks like an O is a zero, what "
		"looks like an I is a one. Capitals and spaces do not matter."}};
	struct urne_view rest = k->lines, line;
	bool first = true;

	urne_page_heading(c->p, 2, urne_say(c, &heading));
	urne_compose_paragraph(c, &letters);
	while (urne_view_cut(&line, &rest, '\n')) {
		urne_buf_puts(&c->buf, first ? "" : "\n");
		put_line(c, line);
		first = false;
	}
	urne_page_typed(
	    c->p, urne_composer_take(c), k->for_text ? (struct urne_view){"", 0} : k->lines);
	if (!k->for_text) {
		static const struct urne_phrase camera = {
		    {"Le code porte les mêmes lignes. Ne le lisez jamais avec un téléphone~: il "
		     "aurait la clé, et avec lui ceux à qui il parle.",
			"The code carries the same lines. Never read it with a telephone: it would "
			"have the key, and so would those that it talks to."}};

		urne_compose_paragraph(c, &camera);
	}
}

static void
compose_restoring(struct urne_composer *c, const struct urne_key_page *k)
{
	static const struct urne_phrase heading = {
	    {"Pour retrouver le fichier de clé", "To make the key file again"}};
	static const struct urne_phrase machine = {
	    {"Prenez un ordinateur hors réseau où le programme urne est installé, et où "
	     "personne ne voit l’écran.",
		"Take a computer off the network on which the program urne is installed, with "
		"nobody who sees the screen."}};
	static const struct urne_phrase typed = {
	    {"Tapez «~urne key restore --out NOM.key~», puis les lignes l’une après l’autre. Une "
	     "faute de frappe est signalée dans sa ligne, et la ligne redemandée.",
		"Type “urne key restore --out NAME.key”, then the lines one after the other. A "
		"mistake is named in its line, and the line is asked for again."}};
	static const struct urne_phrase scanned = {
	    {"Ou~: «~zbarimg -q --raw IMAGE | urne key restore --out NOM.key~», puis effacez "
	     "l’image.",
		"Or: “zbarimg -q --raw PICTURE | urne key restore --out NAME.key”, then erase the "
		"picture."}};
	static const struct urne_phrase passphrase = {
	    {"La phrase de passe demandée est celle du fichier de clé, au jour de l’impression.",
		"The passphrase asked for is that of the key file on the day of printing."}};
	static const struct urne_phrase compare = {
	    {"Comparez l’empreinte affichée avec celle ci-dessus, puis remettez la feuille sous un "
	     "nouveau pli scellé.",
		"Compare the fingerprint shown with the one above, and seal the sheet anew."}};

	urne_page_heading(c->p, 2, urne_say(c, &heading));
	urne_page_open_numbered(c->p);
	urne_page_entry(c->p, urne_say(c, &machine));
	urne_page_entry(c->p, urne_say(c, &typed));
	if (!k->for_text) {
		urne_page_entry(c->p, urne_say(c, &scanned));
	}
	if (k->locked) {
		urne_page_entry(c->p, urne_say(c, &passphrase));
	}
	urne_page_entry(c->p, urne_say(c, &compare));
	urne_page_close(c->p);
}

void
urne_key_page_compose(struct urne_page *p, enum urne_lang lang, const struct urne_key_page *k)
{
	struct urne_composer c;

	urne_composer_init(&c, p, (struct urne_reader){.lang = lang});
	urne_page_heading(p, 1, urne_say(&c, &title));
	compose_warning(&c, k);
	compose_facts(&c, k);
	compose_lines(&c, k);
	compose_restoring(&c, k);
	urne_composer_clear(&c);
}
