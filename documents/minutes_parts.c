/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers that follow from the record, and what the record cannot show. The gaps are data: minutes
 * that were silent about them would seem to say more than they do. */
#include "documents/minutes_parts.h"

struct urne_outcome_heading
urne_minutes_heading(const struct urne_minutes *m)
{
	return (struct urne_outcome_heading){
	    .uuid = m->record.uuid,
	    .fingerprint = m->record.fingerprint,
	    .definition = m->definition,
	    .draw = m->declared->has_draw ? &m->declared->draw : NULL,
	};
}

uint64_t
urne_minutes_revotes(const struct urne_minutes *m)
{
	uint64_t voters = m->outcome->turnout.voters;

	return m->record.ballots > voters ? m->record.ballots - voters : 0;
}

uint64_t
urne_minutes_hundredths(uint64_t part, uint64_t of)
{
	return of == 0 ? 0 : (part * 20000 + of) / (of * 2);
}

bool
urne_minutes_has_decrypted(const struct urne_minutes *m, uint64_t owner)
{
	for (size_t i = 0; i < m->record.num_decrypted; i++) {
		if (m->record.decrypted[i] == owner) {
			return true;
		}
	}
	return false;
}

uint64_t
urne_minutes_num_decrypted(const struct urne_minutes *m, const struct urne_minutes_trustee *group)
{
	uint64_t num = 0;

	for (uint64_t i = 0; i < group->num_members; i++) {
		num += urne_minutes_has_decrypted(m, group->first_owner + i) ? 1 : 0;
	}
	return num;
}

bool
urne_minutes_tells(const struct urne_minutes *m, const struct urne_proceeding *p)
{
	return p->entry < m->journal.size && urne_proceedings_about(p, m->record.uuid);
}

static bool
times_told(const struct urne_minutes *m)
{
	return m->journal.size > 0;
}

static bool
incidents_told(const struct urne_minutes *m)
{
	return m->journal.size > 0 || m->declared->num_incidents > 0;
}

static bool
software_told(const struct urne_minutes *m)
{
	return m->declared->num_software > 0;
}

const struct urne_minutes_gap urne_minutes_gaps[URNE_NUM_MINUTES_GAPS] = {
    {"rejected-ballots",
	{{"Bulletins refusés et causes de refus~: l’archive ne contient que les bulletins "
	  "acceptés.",
	    "Rejected ballots and why they were rejected: the archive holds accepted ballots "
	    "only."}},
	NULL},
    {"roll-changes",
	{{"Ajouts à la liste électorale, radiations et motifs~: l’archive contient la liste des "
	  "codes de vote publics telle qu’elle a été scellée, sans son histoire.",
	    "Additions to the roll, removals and their reasons: the archive holds the list of "
	    "public credentials as it was sealed, without its history."}},
	NULL},
    {"who-voted",
	{{"Émargement~: le nombre de votants est prouvé, mais les codes de vote publics ne portent "
	  "aucun nom.",
	    "Who voted: the number of voters is proven, but public credentials bear no name."}},
	NULL},
    {"times",
	{{"Heures réelles d’ouverture, de vote et de clôture~: l’archive prouve l’ordre des "
	  "événements, mais n’en date aucun. Les dates indiquées sont celles de la définition.",
	    "Actual times of opening, voting and closing: the archive proves the order of events "
	    "and dates none of them. The dates given are those of the definition."}},
	times_told},
    {"witnesses",
	{{"Témoins indépendants~: aucune signature de tiers n’atteste que tout le monde a vu la "
	  "même archive. Chaque membre peut en comparer l’empreinte.",
	    "Independent witnesses: no signature of a third party attests that everybody saw the "
	    "same archive. Every member can compare its hash."}},
	NULL},
    {"incidents",
	{{"Incidents et interventions~: l’archive n’en montre pas, et les responsables n’en ont "
	  "déclaré aucun.",
	    "Incidents and interventions: the archive shows none, and the officials declared "
	    "none."}},
	incidents_told},
    {"software-used",
	{{"Programmes réellement utilisés~: les responsables n’en ont déclaré aucun. Le résultat "
	  "se vérifie sans leur faire confiance.",
	    "Programs actually used: the officials declared none. The result can be verified "
	    "without trusting them."}},
	software_told},
};

bool
urne_minutes_lacks(const struct urne_minutes *m, const struct urne_minutes_gap *gap)
{
	return gap->told == NULL || !gap->told(m);
}
