/* SPDX-License-Identifier: EUPL-1.2 */
/* The Setup's three records, checked whole before anything is done with them; and what everybody
 * checks of a ballot against them. */
#include "client/cli/sealed.h"

#include "base/pool.h"
#include "election/setup.h"

#define SETUP_MEMORY ((size_t)1 << 30)
#define MAX_TRUSTEES ((size_t)64 << 20) /* bytes of the list */

void
urne_sealed_init(struct urne_sealed *s, struct urne_cli *cli, const char *place)
{
	*s = (struct urne_sealed){.cli = cli, .place = place};
	urne_arena_init(&s->arena, SETUP_MEMORY);
	urne_buf_init(&s->election_text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&s->trustees_text, MAX_TRUSTEES);
	urne_buf_init(&s->credentials_text, URNE_MAX_RECORD);
	urne_buf_init(&s->definition_text, URNE_MAX_TEXT_FILE);
}

void
urne_sealed_clear(struct urne_sealed *s)
{
	urne_credentials_free(s->credentials);
	s->credentials = NULL;
	urne_arena_clear(&s->arena);
	urne_buf_clear(&s->election_text);
	urne_buf_clear(&s->trustees_text);
	urne_buf_clear(&s->credentials_text);
	urne_buf_clear(&s->definition_text);
}

enum urne_err
urne_sealed_check(struct urne_sealed *s)
{
	const struct urne_setup_texts texts = {
	    .election = urne_buf_view(&s->election_text),
	    .trustees = urne_buf_view(&s->trustees_text),
	    .credentials = urne_buf_view(&s->credentials_text),
	};
	enum urne_err e = urne_setup_read(&s->election, &s->trustees, &s->credentials, &s->arena,
	    &s->cli->diag, &texts, urne_cli_pool(s->cli));

	s->test = e == URNE_OK && urne_view_starts(s->election.name, URNE_TEST_MARK);
	return e;
}

enum urne_err
urne_sealed_check_ballot(const struct urne_sealed *s, struct urne_ballot *b, size_t *member,
    struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	return urne_ballot_check(b, member, arena, d, &s->election, s->credentials, text);
}
