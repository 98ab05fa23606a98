/* SPDX-License-Identifier: EUPL-1.2 */
/* How equal votes are drawn, in words that let a member redo it.
 * Spec: docs/vote-definition.md#draws */
#include "documents/composer.h"

static void
compose_source(struct urne_composer *c, const struct urne_draw *draw)
{
	static const struct urne_phrase drand = {
	    {"En cas d’égalité, on tire au sort avec la valeur («~randomness~») du tour {0} de la "
	     "balise publique drand, chaîne «~{1}~», publiée le {2}.",
		"Equal votes are drawn with the value (“randomness”) of round {0} of the public "
		"drand beacon, chain “{1}”, published on {2}."}};
	static const struct urne_phrase public = {
	    {"En cas d’égalité, on tire au sort avec une valeur publique, connue le {0}~:",
		"Equal votes are drawn with a public value, known on {0}:"}};
	struct urne_word words[3];

	if (draw->kind == URNE_DRAW_DRAND) {
		/* rounds have numbers, and people look for the digits: nothing stands between */
		urne_buf_put_u64(&c->buf, draw->round);
		words[0] = urne_word_text(urne_composer_take(c));
		words[1] = urne_word_text(draw->chain);
		words[2] = urne_word_text(urne_say_utc(c, &draw->published));
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &drand, words, 3));
		return;
	}
	words[0] = urne_word_text(urne_say_moment(c, &draw->published));
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &public, words, 1));
	urne_compose_lines(c, urne_say_text(c, &draw->source));
}

void
urne_compose_draw(struct urne_composer *c, const struct urne_draw *draw)
{
	static const struct urne_phrase recipe = {
	    {"Personne ne connaît cette valeur pendant le vote, et chacun peut la retrouver "
	     "ensuite. Pour chaque nom à égalité, on calcule l’empreinte SHA-256 du texte "
	     "ci-dessous~; la plus petite passe en premier. La valeur s’écrit en 64 chiffres "
	     "hexadécimaux minuscules~; les identifiants sont ceux de la définition du vote.",
		"Nobody knows this value while votes are cast, and everybody can look it up "
		"afterwards. For every name among equals, the SHA-256 of the text below is "
		"computed; the smallest comes first. The value is written in 64 lower-case hex "
		"digits; the ids are those of the vote definition."}};
	static const struct urne_phrase command = {
	    {"printf %s 'urne-draw|EMPREINTE-DE-L-ÉLECTION|POINT|NOM|VALEUR' | sha256sum",
		"printf %s 'urne-draw|ELECTION-FINGERPRINT|ITEM|ENTRY|VALUE' | sha256sum"}};

	compose_source(c, draw);
	urne_compose_paragraph(c, &recipe);
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say(c, &command));
}
