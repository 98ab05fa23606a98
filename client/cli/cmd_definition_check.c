/* SPDX-License-Identifier: EUPL-1.2 */
/* urne definition check: every fault of a vote definition at once. */
#include "client/cli/commands.h"
#include "client/cli/vote_file.h"

#define MEMORY ((size_t)512 << 20)

static enum urne_err
run_check(struct urne_cli *cli)
{
	struct urne_definition v;
	struct urne_arena arena;
	struct urne_buf text;
	char hash[URNE_HASH_HEX_LEN];
	enum urne_err e;

	urne_arena_init(&arena, MEMORY);
	urne_buf_init(&text, URNE_MAX_TEXT_FILE);
	e = urne_vote_file_check(cli, &v, &text, &arena, cli->args[0]);
	if (e == URNE_OK) {
		urne_hex_encode(hash, v.sha256.b, sizeof(v.sha256.b));
		urne_cli_say(cli, "%s: right; %zu items, %zu questions, %zu choices", cli->args[0],
		    v.num_items, v.num_questions, v.num_choices);
		urne_cli_say(cli, "SHA-256 %.*s", (int)sizeof(hash), hash);
		urne_cli_put_u64(cli, "items", v.num_items);
		urne_cli_put_u64(cli, "questions", v.num_questions);
		urne_cli_put_u64(cli, "choices", v.num_choices);
		urne_cli_put_view(cli, "sha256", (struct urne_view){hash, sizeof(hash)});
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Reads a vote definition and says everything that is wrong with it, one line for each fault: "
    "line and column, the path, what is wrong, and how to mend it. What is lawful but odd is a "
    "warning. Nothing is written.",
    NULL};

const struct urne_command urne_cmd_definition_check = {
    .name = "definition check",
    .summary = "find every fault of a vote definition",
    .synopsis = "FILE",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The definition has faults. Warnings alone leave the exit status 0.",
    .example = "urne definition check docs/examples/european-list.vote.json",
    .run = run_check,
};
