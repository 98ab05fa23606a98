/* SPDX-License-Identifier: EUPL-1.2 */
/* The ballot is encrypted: to be cast, or to be opened and looked into, which is the one thing that
 * a machine cannot know beforehand.
 * Spec: docs/protocol.md#the-randomness-of-a-ballot */
#include "client/questionnaire/turn.h"

static void
say_menu(struct urne_turn *t)
{
	static const struct urne_phrase cast[] = {
	    {{"Déposer ce bulletin", "Cast this ballot"}},
	    {{"Écrire ce bulletin dans un fichier, pour le remettre",
		"Write this ballot to a file, to hand it in"}},
	};
	static const struct urne_phrase others[] = {
	    {{"Contrôler~: ouvrir ce bulletin au lieu de le déposer",
		"Audit: open this ballot instead of casting it"}},
	    {{"Changer des réponses", "Change answers"}},
	    {{"Quitter sans voter", "Leave without voting"}},
	};
	static const struct urne_phrase prompt_is = {
	    {"Votre choix, de 1 à 4 (ou ?)~:", "Your choice, 1 to 4 (or ?):"}};

	urne_lines_say(&t->l, "1. ", &cast[t->q->to_file ? 1 : 0], NULL, 0);
	urne_lines_say(&t->l, "2. ", &others[0], NULL, 0);
	urne_lines_say(&t->l, "3. ", &others[1], NULL, 0);
	urne_lines_say(&t->l, "4. ", &others[2], NULL, 0);
	urne_lines_prompt(&t->l, &prompt_is, NULL, 0);
}

static void
explain_audit(struct urne_turn *t)
{
	static const struct urne_phrase why = {{"Un contrôle montre que cette machine chiffre bien "
						"ce que vous lui dites. Le bulletin est "
						"ouvert dans un fichier, avec vos réponses~: "
						"quiconque a ce fichier peut tout recalculer, "
						"sur une autre machine, avec «~urne ballot "
						"audit~», et lit ces réponses. Un bulletin ouvert "
						"ne peut plus être déposé, ni par vous ni par "
						"personne~; le suivant est chiffré de nouveau. "
						"Pour garder votre vote secret, contrôlez avec "
						"d’autres réponses, puis changez-les. "
						"Contrôlez autant de fois que vous voulez~: la "
						"machine ne peut pas savoir d’avance si vous "
						"déposerez ou contrôlerez.",
	    "An audit shows that this machine encrypts what you tell it. The ballot is opened in a "
	    "file, with your answers: whoever has the file can compute all of it again, on "
	    "another machine, with “urne ballot audit”, and reads these answers. An opened "
	    "ballot cannot be cast any more, neither by you nor by anybody; the next one is "
	    "encrypted anew. To keep your vote secret, audit with other answers, and change "
	    "them afterwards. Audit as often as you like: the machine cannot know beforehand "
	    "whether you will cast or audit."}};

	urne_lines_empty(&t->l);
	urne_turn_say(t, &why);
	urne_lines_empty(&t->l);
	say_menu(t);
}

enum urne_questionnaire_next
urne_turn_encrypted(struct urne_turn *t)
{
	static const struct urne_phrase hint = {{"Répondez 1, 2, 3 ou 4. Rien n’est encore déposé.",
	    "Answer 1, 2, 3 or 4. Nothing is cast yet."}};
	struct urne_view rest = t->line, word = urne_picks_word(&rest);

	if (urne_view_is(word, "1")) {
		return URNE_NEXT_CAST;
	}
	if (urne_view_is(word, "2")) {
		return URNE_NEXT_OPEN;
	}
	if (urne_view_is(word, "3") || urne_view_is(word, "<")) {
		urne_turn_review(t);
	} else if (urne_view_is(word, "4")) {
		return URNE_NEXT_LEAVE;
	} else if (urne_view_is(word, "?")) {
		explain_audit(t);
	} else {
		urne_turn_say(t, &hint);
		say_menu(t);
	}
	return URNE_NEXT_LINE;
}

void
urne_questionnaire_encrypted(
    struct urne_questionnaire *q, struct urne_buf *out, const struct urne_hash *fingerprint)
{
	static const struct urne_phrase done = {
	    {"Votre bulletin est chiffré. Il N’EST PAS ENCORE déposé.",
		"Your ballot is encrypted. It is NOT CAST YET."}};
	static const struct urne_phrase is = {
	    {"Empreinte du bulletin~: {0}", "Fingerprint of the ballot: {0}"}};
	static const struct urne_phrase keep = {{"Notez-la~: elle engage la machine sur ce "
						 "bulletin, avant qu’elle sache ce que vous en "
						 "ferez.",
	    "Write it down: it binds the machine to this ballot before it knows what you will do "
	    "with it."}};
	char text[URNE_HASH_B64_LEN];
	struct urne_turn t;

	urne_turn_init(&t, q, out);
	q->phase = URNE_PHASE_ENCRYPTED;
	urne_b64_hash_encode(text, fingerprint);
	urne_lines_empty(&t.l);
	urne_turn_say(&t, &done);
	urne_lines_say1(&t.l, "", &is, urne_word_text((struct urne_view){text, sizeof(text)}));
	urne_turn_say(&t, &keep);
	urne_lines_empty(&t.l);
	say_menu(&t);
	urne_turn_clear(&t);
}

void
urne_questionnaire_opened(struct urne_questionnaire *q, struct urne_buf *out, const char *file)
{
	static const struct urne_phrase done = {
	    {"Le bulletin est ouvert dans le fichier {0}. Il ne sera jamais déposé. Contrôlez-le "
	     "sur une "
	     "autre machine, avec l’adresse du vote ou son archive~:",
		"The ballot is opened in the file {0}. It will never be cast. Check it on another "
		"machine, with the address of the vote or its archive:"}};
	static const struct urne_phrase command = {
	    {"urne ballot audit {0} --board ADRESSE", "urne ballot audit {0} --board ADDRESS"}};
	static const struct urne_phrase again = {
	    {"Vos réponses sont gardées~; elles sont chiffrées dans un nouveau bulletin.",
		"Your answers are kept; a new ballot is encrypted from them."}};
	struct urne_turn t;

	urne_turn_init(&t, q, out);
	urne_lines_empty(&t.l);
	urne_lines_say1(&t.l, "", &done, urne_word_text(urne_view_of(file)));
	urne_lines_say1(&t.l, "  ", &command, urne_word_text(urne_view_of(file)));
	urne_turn_say(&t, &again);
	urne_turn_clear(&t);
}
