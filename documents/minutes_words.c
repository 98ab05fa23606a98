/* SPDX-License-Identifier: EUPL-1.2 */
/* What the verifier's codes are called in minutes: its checks, what they counted, its verdicts. A
 * code that is not in the tables stands for itself, so that a check of a later release is not
 * hidden. */
#include "documents/minutes_parts.h"

struct code {
	const char *code;
	struct urne_phrase words;
};

static const struct code checks[] = {
    {"archive-format", {{"forme du fichier d’archive", "form of the archive’s file"}}},
    {"record-hash", {{"empreinte de chaque enregistrement", "hash of every record"}}},
    {"event-form", {{"forme de chaque événement", "form of every event"}}},
    {"chain", {{"chaînage des événements", "chain of events"}}},
    {"life-cycle", {{"ordre des étapes du vote", "order of the stages of the vote"}}},
    {"records", {{"enregistrements attendus, sans ajout", "the expected records and no other"}}},
    {"setup-election",
	{{"élection complète et questions valables", "election complete, questions answerable"}}},
    {"setup-trustees", {{"clés des dépositaires", "the trustees’ keys"}}},
    {"setup-election-key", {{"clé de l’élection", "the election’s key"}}},
    {"setup-credentials", {{"liste des codes de vote publics", "list of public credentials"}}},
    {"ballot-form", {{"forme de chaque bulletin", "form of every ballot"}}},
    {"ballot-election", {{"bulletins de cette élection", "ballots of this election"}}},
    {"ballot-credential", {{"bulletins de codes inscrits", "ballots of listed credentials"}}},
    {"ballot-proofs", {{"preuves que chaque bulletin suit les règles",
			  "proofs that every ballot obeys the rules"}}},
    {"ballot-signature", {{"signature de chaque bulletin", "signature of every ballot"}}},
    {"ballot-unique", {{"aucun bulletin compté deux fois", "no ballot stands twice"}}},
    {"encrypted-tally", {{"total chiffré recalculé", "encrypted tally recomputed"}}},
    {"tally-counts", {{"nombres de votants et de voix", "numbers of voters and votes"}}},
    {"shuffle-owners", {{"auteurs des mélanges", "whose shuffles they are"}}},
    {"shuffles", {{"preuves des mélanges", "proofs of the shuffles"}}},
    {"decryption-form", {{"forme des déchiffrements partiels", "form of partial decryptions"}}},
    {"decryption-proofs",
	{{"preuves des déchiffrements partiels", "proofs of partial decryptions"}}},
    {"decryption-shares",
	{{"déchiffrements partiels en nombre suffisant", "enough partial decryptions"}}},
    {"result", {{"résultat recalculé", "result recomputed"}}},
    {"definition", {{"définition du vote scellée", "vote definition as sealed"}}},
    {"definition-questions",
	{{"questions tirées de la définition", "questions as the definition gives them"}}},
    {"floor", {{"nombre minimal de votants", "least number of voters"}}},
    {"outcome",
	{{"décisions recalculées d’après les règles", "decisions recomputed by the rules"}}},
    {"minutes", {{"procès-verbal recalculé", "minutes recomputed"}}},
    {"minutes-signatures", {{"signatures du procès-verbal", "signatures of the minutes"}}},
};

static const struct code units[] = {
    {"records", {{"enregistrements", "records"}}},
    {"events", {{"événements", "events"}}},
    {"elections", {{"élections", "elections"}}},
    {"trustees", {{"dépositaires", "trustees"}}},
    {"keys", {{"clés", "keys"}}},
    {"credentials", {{"codes de vote", "credentials"}}},
    {"ballots", {{"bulletins", "ballots"}}},
    {"ciphertexts", {{"chiffrés", "ciphertexts"}}},
    {"numbers", {{"nombres", "numbers"}}},
    {"shuffles", {{"mélanges", "shuffles"}}},
    {"partial decryptions", {{"déchiffrements partiels", "partial decryptions"}}},
    {"counts", {{"décomptes", "counts"}}},
    {"definitions", {{"définitions", "definitions"}}},
    {"questions", {{"questions", "questions"}}},
    {"voters", {{"votants", "voters"}}},
    {"decisions", {{"décisions", "decisions"}}},
    {"documents", {{"documents", "documents"}}},
    {"signatures", {{"signatures", "signatures"}}},
};

static const struct code verdicts[] = {
    {"PASS", {{"conforme", "pass"}}},
    {"FAIL", {{"NON CONFORME", "FAIL"}}},
    {"NOT CHECKED", {{"NON CONTRÔLÉ", "NOT CHECKED"}}},
    {"VERIFIED", {{"VÉRIFIÉ", "VERIFIED"}}},
    {"FAILED", {{"ÉCHEC", "FAILED"}}},
    {"INCOMPLETE", {{"INCOMPLET", "INCOMPLETE"}}},
};

static struct urne_view
translate(struct urne_composer *c, const struct code *codes, size_t num, struct urne_view code)
{
	for (size_t i = 0; i < num; i++) {
		if (urne_view_is(code, codes[i].code)) {
			return urne_say(c, &codes[i].words);
		}
	}
	return code;
}

struct urne_view
urne_say_check(struct urne_composer *c, struct urne_view id)
{
	return translate(c, checks, sizeof(checks) / sizeof(checks[0]), id);
}

struct urne_view
urne_say_unit(struct urne_composer *c, struct urne_view unit)
{
	return translate(c, units, sizeof(units) / sizeof(units[0]), unit);
}

struct urne_view
urne_say_verdict(struct urne_composer *c, struct urne_view verdict)
{
	return translate(c, verdicts, sizeof(verdicts) / sizeof(verdicts[0]), verdict);
}
