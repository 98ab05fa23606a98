/* SPDX-License-Identifier: EUPL-1.2 */
/* urne key print: a private key on a sheet of paper. The key is opened first, so that nobody puts a
 * sheet into a safe whose passphrase is lost, or that is of another key; what is printed is the key
 * file as it is, locked, unless --plain. */
#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/key_identity.h"
#include "client/cli/keys.h"
#include "crypto/secret/keyfile.h"
#include "documents/key_page.h"

#define MEMORY ((size_t)64 << 20)

struct print {
	struct urne_cli *cli;
	const char *path, *out;
	bool as_text, plain, to_stdout;
	enum urne_lang lang;
	struct urne_buf file, key, lines, page; /* secret */
	struct urne_arena arena;		/* secret: the page */
	struct urne_public_half public;
	struct urne_key_identity is;
};

static enum urne_err
read_options(struct print *j)
{
	struct urne_cli *cli = j->cli;
	const char *lang = urne_cli_option(cli, "lang");

	j->path = cli->args[0];
	j->out = urne_cli_option(cli, "out");
	j->as_text = urne_cli_option(cli, "text") != NULL;
	j->plain = urne_cli_option(cli, "plain") != NULL;
	j->to_stdout = strcmp(j->out, "-") == 0;
	j->lang = lang == NULL || strcmp(lang, "en") == 0 ? URNE_LANG_EN : URNE_LANG_FR;
	if (j->lang == URNE_LANG_FR && strcmp(lang, "fr") != 0) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE, "--lang %s: write fr or en", lang);
	}
	if (j->to_stdout && (!j->as_text || cli->json)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--out -: only a text goes to standard output, with --text and without --json");
	}
	if (!j->to_stdout && urne_file_exists(j->out)) {
		return urne_fail(&cli->diag, URNE_ERR_EXISTS,
		    "nothing is overwritten: %s: exists already, choose another name", j->out);
	}
	return URNE_OK;
}

/* open_key reads and unlocks the key and finds out which one it is. */
static enum urne_err
open_key(struct print *j)
{
	enum urne_err e = urne_public_half_read(j->cli, &j->public);

	if (e == URNE_OK) {
		e = urne_cli_read_line(j->cli, &j->file, j->path);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_warn_readable(j->path);
	if (!urne_keyfile_is_locked(urne_buf_view(&j->file)) && !j->plain) {
		return urne_fail(&j->cli->diag, URNE_ERR_PASSPHRASE,
		    "%s has no passphrase, so whoever has its paper has the key; if that is what "
		    "you want, give --plain",
		    j->path);
	}
	e = urne_key_unlock(j->cli, &j->key, urne_buf_view(&j->file), j->path);
	return e != URNE_OK ? e
			    : urne_key_identify(j->cli, &j->is, &j->public, &j->public.is,
				  urne_buf_view(&j->key), j->path);
}

static enum urne_err
make_lines(struct print *j)
{
	struct urne_paper paper = {.kind = j->is.kind, .group = j->is.group, .locked = !j->plain};
	enum urne_err e;

	memcpy(paper.fingerprint, j->is.fingerprint.b, sizeof(paper.fingerprint));
	e = urne_paper_write(
	    &j->lines, &j->cli->diag, &paper, urne_buf_view(j->plain ? &j->key : &j->file));
	if (e != URNE_OK) {
		urne_diag_within(&j->cli->diag, "%s: ", j->path);
	}
	return e;
}

static struct urne_view
option_or(const struct print *j, const char *name, const char *otherwise)
{
	const char *value = urne_cli_option(j->cli, name);

	return urne_view_of(value != NULL ? value : otherwise);
}

static enum urne_err
compose(struct print *j, struct urne_page *p)
{
	static const enum urne_key_page_kind kinds[] = {
	    [URNE_PAPER_TRUSTEE] = URNE_KEY_PAGE_TRUSTEE,
	    [URNE_PAPER_SEED] = URNE_KEY_PAGE_THRESHOLD,
	    [URNE_PAPER_SIGNER] = URNE_KEY_PAGE_SIGNER,
	    [URNE_PAPER_IDENTITY] = URNE_KEY_PAGE_IDENTITY,
	};
	const struct urne_key_page k = {
	    .kind = kinds[j->is.kind],
	    .owner = option_or(j, "owner", ""),
	    .purpose = option_or(j, "purpose", ""),
	    .group = urne_view_of(j->is.group != NULL ? j->is.group->name : ""),
	    .name = urne_view_of(j->is.name),
	    .index = j->is.index,
	    .size = j->is.size,
	    .threshold = j->is.threshold,
	    .fingerprint = &j->is.fingerprint,
	    .locked = !j->plain,
	    .lines = urne_buf_view(&j->lines),
	    .for_text = j->as_text,
	};

	urne_page_init(p, &j->arena, urne_view_of(urne_lang_code(j->lang)),
	    urne_view_of(urne_key_page_title(j->lang)));
	urne_key_page_compose(p, j->lang, &k);
	return urne_page_error(p);
}

static enum urne_err
render(struct print *j)
{
	struct urne_page p;
	char footer[80] = "urne · SHA-256 ";
	size_t len = strlen(footer);
	enum urne_err e = compose(j, &p);

	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "the page of the key could not be made");
	}
	if (j->as_text) {
		urne_page_render_text(&j->page, &p, URNE_TERMINAL_COLUMNS);
		e = urne_buf_error(&j->page);
		return e == URNE_OK
			   ? e
			   : urne_fail(&j->cli->diag, e, "the page of the key could not be made");
	}
	urne_hex_encode(footer + len, j->is.fingerprint.b, URNE_PAPER_FINGERPRINT_LEN);
	len += 2 * URNE_PAPER_FINGERPRINT_LEN;
	return urne_page_render_pdf(&j->page, &j->cli->diag, &p, (struct urne_view){footer, len});
}

/* Past stdio and the buffer of other results, which are not wiped. */
static enum urne_err
put_stdout(struct print *j)
{
	struct urne_view v = urne_buf_view(&j->page);

	while (v.len > 0) {
		ssize_t n = write(STDOUT_FILENO, v.p, v.len);

		if (n < 0) {
			return urne_fail_errno(&j->cli->diag, "standard output");
		}
		v.p += n;
		v.len -= (size_t)n;
	}
	return URNE_OK;
}

static enum urne_err
print_key(struct print *j)
{
	enum urne_err e = read_options(j);

	if (e == URNE_OK) {
		e = open_key(j);
	}
	if (e == URNE_OK) {
		e = make_lines(j);
	}
	if (e == URNE_OK) {
		e = render(j);
	}
	if (e != URNE_OK) {
		return e;
	}
	return j->to_stdout ? put_stdout(j)
			    : urne_file_create(
				  &j->cli->diag, j->out, URNE_FILE_SECRET, urne_buf_view(&j->page));
}

static void
report(struct print *j)
{
	struct urne_cli *cli = j->cli;
	struct urne_buf what;
	char hex[URNE_HASH_HEX_LEN];

	urne_hex_encode(hex, j->is.fingerprint.b, URNE_HASH_LEN);
	urne_buf_init(&what, URNE_MAX_SMALL_FILE);
	urne_key_describe(&what, &j->is);
	if (!j->to_stdout) {
		urne_cli_say(cli, "%s: %.*s, %s; SHA-256 of its public half %.*s", j->out,
		    (int)what.len, what.data,
		    j->plain ? "in plain: whoever has the paper has the key"
			     : "locked with its passphrase",
		    (int)sizeof(hex), hex);
		urne_cli_say(cli,
		    "Print it on a printer without network, try it with \"urne key restore\", seal "
		    "it, and erase the file.");
	}
	urne_cli_put_string(cli, "out", j->out);
	urne_cli_put_view(cli, "key", urne_buf_view(&what));
	urne_cli_put_view(cli, "public_sha256", (struct urne_view){hex, sizeof(hex)});
	urne_cli_put_bool(cli, "locked", !j->plain);
	urne_buf_clear(&what);
}

static enum urne_err
run_key_print(struct urne_cli *cli)
{
	struct print j = {.cli = cli};
	enum urne_err e;

	/* glibc 2.36, 2026-11: what Pango, Cairo and zlib release is overwritten too; they copy
	 * the lines of the key and wipe nothing */
	(void)mallopt(M_PERTURB, 0x5a);
	urne_buf_init_secret(&j.file, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&j.key, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&j.lines, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&j.page, URNE_MAX_DOCUMENT);
	urne_arena_init_secret(&j.arena, MEMORY);
	e = print_key(&j);
	if (e == URNE_OK) {
		report(&j);
	}
	urne_buf_clear(&j.file);
	urne_buf_clear(&j.key);
	urne_buf_clear(&j.lines);
	urne_buf_clear(&j.page);
	urne_arena_clear(&j.arena);
	return e;
}

static const struct urne_option options[] = {
    {"out", "FILE", "The new PDF (mode 0600), or text with --text; \"-\" for standard output.",
	true},
    {"text", NULL, "Write plain text, without QR code, instead of a PDF.", false},
    URNE_OPTION_PUBLIC,
    {"owner", "NAME", "Whose key it is, as it is to stand on the paper.", false},
    {"purpose", "TEXT", "What it is for: the vote's title, a date.", false},
    {"lang", "CODE", "The language of the page: en (the default) or fr.", false},
    {"plain", NULL, "Print the key itself, without passphrase: whoever has the paper has the key.",
	false},
    {"passphrase-file", "FILE",
	"Take the passphrase from FILE instead of asking for it on the terminal.", false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Writes a private key, of a trustee or of an official, on a page to print: as lines that a "
    "person can type and as a QR code, with whose key it is and how to make the key file again "
    "(urne key restore). Each line finds a mistake in it by itself.",
    "What is printed is the key file as it is, locked with its passphrase; without the passphrase "
    "the paper is of no use. The key is opened first, to be sure that the passphrase is known and "
    "that it is the key of the --public half, which a trustee's key needs.",
    NULL};

const struct urne_command urne_cmd_key_print = {
    .name = "key print",
    .summary = "write a private key on a page to print",
    .synopsis = "KEYFILE --out FILE [--text] [--public FILE] [--owner NAME] [--purpose TEXT] "
		"[--lang CODE] [--plain] [--passphrase-file FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The passphrase does not open the key, it is the key of another public half, it has "
	       "no passphrase and --plain is missing, or the output file exists.",
    .example = "urne key print anna.key --public anna.json --owner \"Anna Roux\" --out anna.pdf",
    .run = run_key_print,
};
