/* SPDX-License-Identifier: EUPL-1.2 */
/* urne new: a vote definition, or a file of bare questions, becomes the draft of an election in a
 * directory of its own. */
#include <stdio.h>

#include "client/cli/commands.h"
#include "client/cli/vote_file.h"
#include "client/cli/workdir.h"
#include "crypto/secret/rng.h"
#include "election/compile.h"

/* As many Base58 characters as other programs' releases use. */
#define UUID_LEN 14

struct file {
	struct urne_arena arena;
	struct urne_buf text, name;
	struct urne_election e;
	struct urne_definition definition;
	char hash[URNE_HASH_HEX_LEN]; /* of the definition */
	char uuid[UUID_LEN + 1];
};

static enum urne_err
get(struct urne_cli *cli, struct urne_view *out, const struct urne_json *root, const char *name)
{
	const struct urne_json *v = urne_json_get(root, name);

	if (v == NULL || v->type != URNE_JSON_STRING || v->text.len == 0) {
		return urne_json_fail(&cli->diag, URNE_ERR_SYNTAX, v == NULL ? root : v,
		    "\"%s\" must be a text, add it", name);
	}
	*out = v->text;
	return URNE_OK;
}

static enum urne_err
from_definition(struct urne_cli *cli, struct file *f, const char *path)
{
	struct urne_definition *v = &f->definition;
	enum urne_err e = urne_vote_file_check(cli, v, &f->text, &f->arena, path);

	if (e != URNE_OK) {
		return e;
	}
	f->e.name = v->title.by_language[0];
	f->e.description = v->description.by_language[0];
	urne_hex_encode(f->hash, v->sha256.b, sizeof(v->sha256.b));
	f->e.vote_definition = (struct urne_view){f->hash, sizeof(f->hash)};
	e = urne_definition_compile(&f->e.questions, &f->e.num_questions, &f->arena, &cli->diag, v);
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag, "%s: ", path);
	}
	return e;
}

static enum urne_err
parse_questions(struct urne_cli *cli, struct file *f)
{
	static const char *const names[] = {"name", "description", "questions", NULL};
	const struct urne_json *root = NULL, *questions = NULL;
	struct urne_diag *d = &cli->diag;
	enum urne_err e = urne_json_parse(&root, &f->arena, d, urne_buf_view(&f->text));

	if (e == URNE_OK && root->type != URNE_JSON_OBJECT) {
		e = urne_json_fail(d, URNE_ERR_SYNTAX, root,
		    "write an object {\"name\":..,\"description\":..,\"questions\":[..]}");
	}
	if (e == URNE_OK) {
		e = urne_json_only(d, root, names);
	}
	if (e == URNE_OK) {
		e = get(cli, &f->e.name, root, "name");
	}
	if (e == URNE_OK) {
		e = get(cli, &f->e.description, root, "description");
	}
	if (e != URNE_OK) {
		return e;
	}
	questions = urne_json_get(root, "questions");
	if (questions == NULL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root, "\"questions\" is missing, add it");
	}
	e = urne_questions_parse(&f->e.questions, &f->e.num_questions, &f->arena, d, questions);
	for (const struct urne_json *q = questions->child; e == URNE_OK && q != NULL; q = q->next) {
		if (f->e.questions[q->index].kind == URNE_QUESTION_NON_HOMOMORPHIC) {
			e = urne_json_fail(d, URNE_ERR_UNSUPPORTED, q,
			    "non-homomorphic questions are not done by this version, use another "
			    "kind");
		}
	}
	return e;
}

static enum urne_err
from_questions(struct urne_cli *cli, struct file *f, const char *path)
{
	enum urne_err e = urne_cli_read(cli, &f->text, path);

	if (e == URNE_OK) {
		e = parse_questions(cli, f);
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "%s: ", path);
		}
	}
	return e;
}

static enum urne_err
read_vote(struct urne_cli *cli, struct file *f)
{
	const char *definition = urne_cli_option(cli, "definition");
	const char *questions = urne_cli_option(cli, "questions");

	if ((definition == NULL) == (questions == NULL)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "give one of --definition FILE and --questions FILE");
	}
	return definition != NULL ? from_definition(cli, f, definition)
				  : from_questions(cli, f, questions);
}

static enum urne_err
options_in(struct urne_cli *cli, struct file *f)
{
	const char *group = urne_cli_option(cli, "group");
	const char *administrator = urne_cli_option(cli, "administrator");
	const char *authority = urne_cli_option(cli, "credential-authority");

	f->e.group = group != NULL ? urne_group_find(urne_view_of(group)) : &urne_group_ed25519;
	if (f->e.group == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--group %s: write Ed25519, BELENIOS-2048 or RFC-3526-2048", group);
	}
	f->e.administrator = urne_view_of(administrator != NULL ? administrator : "");
	f->e.credential_authority = urne_view_of(authority != NULL ? authority : "");
	return URNE_OK;
}

static enum urne_err
finish(struct urne_cli *cli, struct file *f)
{
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return e;
	}
	for (size_t i = 0; i < UUID_LEN; i++) {
		f->uuid[i] = urne_base58_alphabet[urne_rng_below(&rng, 58)];
	}
	urne_rng_clear(&rng);
	f->e.uuid = (struct urne_view){f->uuid, UUID_LEN};
	if (urne_cli_option(cli, "test") != NULL) {
		urne_buf_puts(&f->name, URNE_TEST_MARK);
	}
	urne_buf_put_view(&f->name, f->e.name);
	f->e.name = urne_buf_view(&f->name);
	return urne_buf_error(&f->name);
}

static enum urne_err
write_draft(struct urne_cli *cli, const struct file *f)
{
	const char *dir = cli->args[0];
	char name[UUID_LEN + sizeof(".vote.json")];
	struct urne_batch batch;
	struct urne_buf out;
	enum urne_err e;

	urne_batch_init(&batch, cli);
	urne_buf_init(&out, 4 * URNE_MAX_TEXT_FILE);
	urne_draft_emit(&out, &f->e);
	e = urne_buf_error(&out);
	if (e == URNE_OK) {
		e = urne_batch_dir(&batch, NULL, dir);
	}
	if (e == URNE_OK && f->e.vote_definition.len > 0) {
		(void)snprintf(name, sizeof(name), "%s.vote.json", f->uuid);
		e = urne_batch_file(&batch, dir, name, URNE_FILE_PUBLIC, urne_buf_view(&f->text));
	}
	if (e == URNE_OK) {
		e = urne_batch_file(
		    &batch, dir, "draft.json", URNE_FILE_PUBLIC, urne_buf_view(&out));
	}
	urne_buf_clear(&out);
	return urne_batch_end(&batch, e);
}

static enum urne_err
run_new(struct urne_cli *cli)
{
	struct file f = {.text = {0}};
	enum urne_err e;

	urne_arena_init(&f.arena, (size_t)512 << 20);
	urne_buf_init(&f.text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&f.name, URNE_MAX_TEXT_FILE);
	e = options_in(cli, &f);
	if (e == URNE_OK) {
		e = read_vote(cli, &f);
	}
	if (e == URNE_OK) {
		e = finish(cli, &f);
	}
	if (e == URNE_OK) {
		e = write_draft(cli, &f);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: new election %s in %s, %zu questions", cli->args[0], f.uuid,
		    f.e.group->name, f.e.num_questions);
		urne_cli_put_string(cli, "uuid", f.uuid);
		urne_cli_put_string(cli, "group", f.e.group->name);
		urne_cli_put_u64(cli, "questions", f.e.num_questions);
	}
	urne_arena_clear(&f.arena);
	urne_buf_clear(&f.text);
	urne_buf_clear(&f.name);
	return e;
}

static const struct urne_option options[] = {
    {"definition", "FILE",
	"The vote definition: items, texts, opening and closing, rules. \"urne definition check\" "
	"says what is wrong with one.",
	false},
    {"questions", "FILE",
	"Instead of a definition, bare questions without rules: "
	"{\"name\":..,\"description\":..,\"questions\":[..]}, questions as in the election "
	"object.",
	false},
    {"group", "NAME", "Ed25519 (the default), BELENIOS-2048 or RFC-3526-2048.", false},
    {"administrator", "TEXT", "Who runs the election, for everybody to read.", false},
    {"credential-authority", "TEXT", "Who makes the credentials, for everybody to read.", false},
    {"test", NULL,
	"Mark the election as a test: \"[TEST] \" is put in front of its name. Only such elections "
	"can be filled with \"urne simulate\".",
	false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Checks the vote definition and makes the directory DIR with the draft of an election: a fresh "
    "identifier, the group, and the questions that follow from the definition, which is kept as "
    "DIR/UUID.vote.json. DIR must not exist, or be empty.",
    "Then come the credentials and the trustees' keys, in any order, and \"urne seal\".", NULL};

const struct urne_command urne_cmd_new = {
    .name = "new",
    .summary = "make an election from a vote definition",
    .synopsis = "DIR --definition FILE [--group NAME] [--administrator TEXT] "
		"[--credential-authority TEXT] [--test]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The file is not right (the sentences name line and path), or DIR holds something "
	       "already.",
    .example = "urne new europe --definition docs/examples/european-list.vote.json",
    .run = run_new,
};
