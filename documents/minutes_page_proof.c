/* SPDX-License-Identifier: EUPL-1.2 */
/* The chapters of the minutes by which they can be checked: what the verifier found, programs,
 * hashes, who signs, and the way back from paper to the JSON document.
 * Spec: docs/minutes.md#page */
#include "documents/minutes_parts.h"

/* compose_verdict: the verdict, and as a notice whatever it leaves open. */
static void
compose_verdict(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase verdict = {
	    {"L’archive a été relue et recalculée par le programme urne-verify. Verdict~: {0}.",
		"The archive was read and recomputed by the program urne-verify. Verdict: {0}."}};
	static const struct urne_phrase open = {
	    {"Le verdict n’est pas «~VÉRIFIÉ~»~: le résultat n’est pas entièrement prouvé. Les "
	     "lignes non conformes ou non contrôlées ci-dessous disent ce qui manque.",
		"The verdict is not “VERIFIED”: the result is not fully proven. The lines below "
		"that failed or were not checked say what is missing."}};
	static const struct urne_phrase unchecked = {
	    {"Contrôles non effectués~: {0}. On ne sait rien de ce qu’ils auraient montré.",
		"Not checked: {0}. Nothing is known about what these checks would have shown."}};
	const char *before = "";

	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
	    urne_say1(c, &verdict, urne_word_text(urne_say_verdict(c, m->verdict))));
	if (!urne_view_is(m->verdict, "VERIFIED")) {
		urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say(c, &open));
	}
	for (size_t i = 0; i < m->num_checks; i++) {
		if (urne_view_is(m->checks[i].verdict, "NOT CHECKED")) {
			urne_buf_puts(&c->buf, before);
			urne_buf_put_view(&c->buf, m->checks[i].id);
			before = ", ";
		}
	}
	if (before[0] != '\0') {
		struct urne_word ids = urne_word_text(urne_composer_take(c));
		urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say1(c, &unchecked, ids));
	}
}

void
urne_minutes_page_verification(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Vérification", "Verification"}};
	static const struct urne_phrase caption = {
	    {"Contrôles du vérificateur", "The verifier’s checks"}};
	static const struct urne_phrase head[] = {
	    {{"Code", "Code"}},
	    {{"Contrôle", "Check"}},
	    {{"Verdict", "Verdict"}},
	    {{"Nombre", "Number"}},
	    {{"Éléments", "Items"}},
	};

	urne_compose_chapter(c, &title);
	compose_verdict(c, m);
	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 8);
	for (size_t i = 0; i < m->num_checks; i++) {
		const struct urne_minutes_check *k = &m->checks[i];

		urne_compose_row(c);
		urne_page_cell(c->p, false, k->id);
		urne_page_cell(c->p, false, urne_say_check(c, k->id));
		urne_page_cell(c->p, false, urne_say_verdict(c, k->verdict));
		urne_page_cell(c->p, true, urne_say_number(c, k->items));
		urne_page_cell(c->p, false, urne_say_unit(c, k->unit));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

void
urne_minutes_page_software(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Programmes", "Programs"}};
	static const struct urne_phrase announced = {
	    {"Annoncés dans la définition du vote", "Announced in the vote definition"}};
	static const struct urne_phrase used = {
	    {"Utilisés, d’après la déclaration des responsables",
		"Used, as the officials declare"}};
	const struct urne_definition *v = m->definition;

	if (v->num_software == 0 && m->declared->num_software == 0) {
		return;
	}
	urne_compose_chapter(c, &title);
	if (v->num_software > 0) {
		urne_compose_software(c, &announced, v->software, v->num_software);
	}
	if (m->declared->num_software > 0) {
		urne_compose_software(c, &used, m->declared->software, m->declared->num_software);
	}
}

static void
hash_of(struct urne_composer *c, const struct urne_phrase *what, const struct urne_hash *h)
{
	urne_compose_paragraph(c, what);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, h));
}

void
urne_minutes_page_hashes(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Empreintes", "Hashes"}};
	static const struct urne_phrase definition = {
	    {"SHA-256 de la définition du vote~: ce qui est demandé et selon quelles règles",
		"SHA-256 of the vote definition: what was asked, and by which rules"}};
	static const struct urne_phrase archive = {
	    {"SHA-256 de l’archive ({0} octets, {1} événements)",
		"SHA-256 of the archive ({0} bytes, {1} events)"}};
	static const struct urne_phrase head = {
	    {"Empreinte du dernier événement de l’archive", "Hash of the archive’s last event"}};
	static const struct urne_phrase election = {
	    {"Empreinte de l’élection (Base64), que chaque bulletin signe",
		"Fingerprint of the election (Base64), which every ballot signs"}};
	const struct urne_word sizes[] = {
	    urne_word_number(m->record.archive_bytes), urne_word_number(m->record.num_events)};

	urne_compose_chapter(c, &title);
	hash_of(c, &definition, &m->definition->sha256);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &archive, sizes, 2));
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, &m->record.archive_sha256));
	hash_of(c, &head, &m->record.head);
	urne_compose_paragraph(c, &election);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_grouped(c, m->record.fingerprint));
}

/* put_command makes a line for the reader's terminal. */
static struct urne_view
say_command(struct urne_composer *c, const struct urne_minutes *m, const struct urne_hash *sha256)
{
	urne_buf_puts(&c->buf, "urne-verify --minutes minutes.json ");
	if (sha256 != NULL) {
		urne_buf_puts(&c->buf, "--minutes-hash ");
		urne_buf_put_hex(&c->buf, sha256->b, URNE_HASH_LEN);
		urne_buf_putc(&c->buf, ' ');
	}
	urne_buf_put_view(&c->buf, m->record.uuid);
	urne_buf_puts(&c->buf, ".bel");
	return urne_composer_take(c);
}

void
urne_minutes_page_signatures(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {
	    {"Responsables du scrutin et signatures", "Officials and signatures"}};
	static const struct urne_phrase nobody = {
	    {"La définition du vote ne désigne aucun responsable~: ce procès-verbal ne porte pas "
	     "de signature électronique.",
		"The vote definition names no officials: these minutes bear no electronic "
		"signature."}};
	static const struct urne_phrase how = {
	    {"Signatures électroniques exigées~: {0} sur {1} au moins. Elles portent sur "
	     "l’empreinte de minutes.json et se trouvent à côté, dans minutes.note. Cette commande "
	     "les contrôle et recalcule tout le procès-verbal~:",
		"Electronic signatures needed: at least {0} of {1}. They are over the hash of "
		"minutes.json and stand beside it, in minutes.note. This command checks them and "
		"recomputes the whole minutes:"}};
	const struct urne_definition *v = m->definition;
	const struct urne_word numbers[] = {
	    urne_word_number(v->officials_required), urne_word_number(v->num_officials)};

	urne_compose_chapter(c, &title);
	if (v->num_officials == 0) {
		urne_compose_paragraph(c, &nobody);
		return;
	}
	urne_compose_officials(c, v, true);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &how, numbers, 2));
	urne_page_text(c->p, URNE_BLOCK_CODE, say_command(c, m, NULL));
}

void
urne_minutes_page_qr(
    struct urne_composer *c, const struct urne_minutes *m, const struct urne_hash *sha256)
{
	static const struct urne_phrase title = {
	    {"De cette page au document signé", "From this page to the signed document"}};
	static const struct urne_phrase what = {
	    {"Cette page est une mise en forme du document minutes.json. Son empreinte SHA-256 est "
	     "ci-dessous, et dans le code QR.",
		"This page is a rendering of the document minutes.json. Its SHA-256 stands below "
		"and in the QR code."}};
	static const struct urne_phrase how = {
	    {"Qui tient cette page en main vérifie qu’un fichier minutes.json est bien le sien en "
	     "ressaisissant l’empreinte~:",
		"Whoever holds this page can check that a file minutes.json is the one it was made "
		"of by typing the hash again:"}};
	static const struct urne_phrase below = {
	    {"Empreinte de minutes.json", "Hash of minutes.json"}};
	struct urne_view content;

	urne_compose_chapter(c, &title);
	urne_compose_paragraph(c, &what);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, sha256));
	urne_minutes_qr_text(&c->buf, m->record.uuid, sha256);
	content = urne_composer_take(c);
	urne_page_qr(c->p, content, urne_say(c, &below));
	urne_compose_paragraph(c, &how);
	urne_page_text(c->p, URNE_BLOCK_CODE, say_command(c, m, sha256));
}
