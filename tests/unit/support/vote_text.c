/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of small vote definitions, and the comparison of what is found in them. */
#include "tests/unit/support/vote_text.h"

#include <string.h>

#define ITEM                                                                                       \
	"{\"id\":\"q\",\"kind\":\"programme\",\"title\":" BOTH("Une", "One") ",\"text\":" BOTH(    \
	    "Deux", "Two") ",\"sections\":[{\"id\":\"s\",\"title\":" BOTH("Trois",                 \
	    "Three") ",\"commitments\":[{\"id\":\"c\",\"title\":" BOTH("Quatre",                   \
	    "Four") "}]}],\"rules\":{\"majority\":{\"more_than\":\"1/2\",\"of\":\"expressed\"}}}"

static const struct {
	const char *name, *value;
} head[] = {
    {"urne_vote", "1"},
    {"languages", "[\"fr\",\"en\"]"},
    {"title", BOTH("Congrès", "Congress")},
    {"description", BOTH("Trois jours", "Three days")},
    {"organiser", BOTH("Les rives", "The banks")},
    {"opens", "\"2027-03-01T08:00:00+01:00\""},
    {"closes", "\"2027-03-04T20:00:00+01:00\""},
    {"floor", "5"},
    {"draw", "{\"drand\":{\"chain\":\"quicknet\",\"round\":41000000}}"},
    {"officials", "{\"required\":1,\"keys\":[{\"name\":\"Albane Querrioux\",\"role\":" BOTH(
		      "Présidente", "Chair") ",\"key\":\"" KEY_ALBANE "\"}]}"},
    {"software", "[]"},
    {"items", "[" ITEM "]"},
};
#define NUM_HEAD (sizeof(head) / sizeof(head[0]))

void
vote_text_head(struct urne_buf *out, const char *name, const char *value)
{
	bool known = false, first = true;

	urne_buf_init(out, (size_t)64 << 20);
	urne_buf_putc(out, '{');
	for (size_t i = 0; i < NUM_HEAD; i++) {
		bool other = strcmp(name, head[i].name) == 0;
		const char *text = other ? value : head[i].value;

		known = known || other;
		urne_buf_puts(out, i == 0 ? "" : "\n");
		if (text != NULL) {
			urne_buf_printf(out, "%s\"%s\":%s", first ? "" : ",", head[i].name, text);
			first = false;
		}
	}
	if (!known) {
		urne_buf_printf(out, ",\n\"%s\":%s", name, value);
	}
	urne_buf_puts(out, "}\n");
}

void
vote_text_items(struct urne_buf *out, const char *items)
{
	struct urne_buf list;

	urne_buf_init(&list, (size_t)64 << 20);
	urne_buf_puts(&list, "[\n");
	urne_buf_puts(&list, items);
	urne_buf_puts(&list, "]");
	urne_buf_putc(&list, '\0');
	assert_ok(urne_buf_error(&list));
	vote_text_head(out, "items", list.data);
	urne_buf_clear(&list);
}

#define PEOPLE(list)                                                                               \
	"\"" list "\":[\n"                                                                         \
	"{\"id\":\"a\",\"name\":\"Ada Lormier\",\"gender\":\"f\",\"groups\":[\"nord\"]},\n"        \
	"{\"id\":\"b\",\"name\":\"Bruno Aster\",\"gender\":\"m\",\"groups\":[\"sud\"]},\n"         \
	"{\"id\":\"c\",\"name\":\"Carla Ndong\",\"gender\":\"f\"},\n"                              \
	"{\"id\":\"d\",\"name\":\"Denis Colin\",\"gender\":\"m\"}],\n"
#define COMMITMENTS                                                                                \
	"{\"id\":\"a\",\"title\":" BOTH("Ah", "Oh") "},\n{\"id\":\"b\",\"title\":" BOTH(           \
	    "Bas", "Low") "}"
#define GRADES                                                                                     \
	"\"grades\":[{\"id\":\"good\",\"title\":" BOTH("Bien", "Good") "},{\"id\":\"bad\","        \
								       "\"title\":" BOTH(          \
									   "Mal", "Bad") "}],"

static const char *const contents[URNE_NUM_ITEM_KINDS] = {
    [URNE_ITEM_LIST_RATIFICATION] = PEOPLE("list"),
    [URNE_ITEM_LIST_CANDIDATES] = PEOPLE("candidates"),
    [URNE_ITEM_LIST_CHOICE] = "\"lists\":[\n{\"id\":\"l-a\",\"title\":" BOTH("Amont",
	"Up") ",\"candidates\":[\n"
	      "{\"id\":\"a\",\"name\":\"Ada Lormier\"},{\"id\":\"b\",\"name\":\"Bruno Aster\"}]},\n"
	      "{\"id\":\"l-b\",\"title\":" BOTH(
		  "Aval", "Down") ",\"candidates\":[\n"
				  "{\"id\":\"c\",\"name\":\"Carla Ndong\"}]}],\n",
    [URNE_ITEM_PROGRAMME] = "\"sections\":[\n{\"id\":\"s-1\",\"title\":" BOTH("Eau",
	"Water") ",\"commitments\":[" COMMITMENTS "]},\n{\"id\":\"s-2\",\"title\":" BOTH("Air",
	"Sky") ",\"commitments\":[\n"
	       "{\"id\":\"c\",\"title\":" BOTH("Car", "For") "}]}],\n",
    [URNE_ITEM_PRIORITIES] = "\"commitments\":[\n" COMMITMENTS
			     ",\n\n{\"id\":\"c\",\"title\":" BOTH("Car", "For") "}],\n",
    [URNE_ITEM_GRADES] = GRADES PEOPLE("candidates"),
    [URNE_ITEM_TEXT] = "\"titles\":[\n{\"id\":\"t-1\",\"title\":" BOTH("Membres",
	"Members") ",\"articles\":[\n"
		   "{\"id\":\"a\",\"title\":" BOTH("Article premier",
		       "Article one") ",\n\"paragraphs\":[" BOTH("Est membre qui le veut.",
		       "Whoever wants is a member.") "],\n\"sha256\":"
						     "\"e7448846f6f53d1ccac8c07033800ca0161b471f89f"
						     "c7a0504be7c3b56769181\"}]}],\n",
};

void
vote_text_rules(struct urne_buf *out, enum urne_item_kind kind, const char *rules)
{
	struct urne_buf item;

	urne_buf_init(&item, (size_t)1 << 20);
	urne_buf_printf(&item,
	    "{\"id\":\"item\",\"kind\":\"%s\",\"title\":" BOTH(
		"Objet", "Subject") ",\"text\":" BOTH("Voir", "See") ",%s\"rules\":\n{%s}}",
	    urne_item_kind_name(kind), contents[kind], rules);
	urne_buf_putc(&item, '\0');
	assert_ok(urne_buf_error(&item));
	vote_text_items(out, item.data);
	urne_buf_clear(&item);
}

/* has: whether a finding is the one that is expected; it must always have a remedy, and be one
 * line. */
static bool
has(const struct urne_finding *f, const struct vote_fault *want)
{
	return f->line == want->line && urne_view_is(f->path, want->path) &&
	       memmem(f->problem.p, f->problem.len, want->says, strlen(want->says)) != NULL &&
	       f->remedy.len > 0 && memchr(f->remedy.p, '\n', f->remedy.len) == NULL &&
	       memchr(f->problem.p, '\n', f->problem.len) == NULL;
}

static void
print_findings(const char *what, const struct urne_findings *f, struct urne_view text)
{
	/* what a large vote says is known without its words */
	print_message("%s\n%.*s", what, (int)(text.len < 8192 ? text.len : 8192), text.p);
	for (size_t i = 0; i < f->num && i < 20; i++) {
		const struct urne_finding *x = &f->list[i];

		print_message("line %u: %.*s: %s%.*s; %.*s\n", (unsigned)x->line, (int)x->path.len,
		    x->path.p, x->is_warning ? "(warning) " : "", (int)x->problem.len, x->problem.p,
		    (int)x->remedy.len, x->remedy.p);
	}
}

static void
check(struct urne_definition *v, struct urne_findings *found, struct urne_arena *arena,
    const struct urne_buf *text)
{
	urne_arena_init(arena, (size_t)256 << 20);
	assert_ok(urne_buf_error(text));
	assert_ok(urne_definition_check(v, found, arena, urne_buf_view(text)));
}

void
vote_text_expect(
    struct urne_buf *text, const char *what, const struct vote_fault *faults, size_t num)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	size_t n = 0;
	bool same = true;

	check(&v, &found, &arena, text);
	for (size_t i = 0; i < found.num; i++) {
		if (!found.list[i].is_warning) {
			same = same && n < num && has(&found.list[i], &faults[n]);
			n++;
		}
	}
	if (!same || n != num || found.num_errors != num) {
		print_findings(what, &found, urne_buf_view(text));
		fail_msg("%s: %zu faults, %zu expected", what, n, num);
	}
	assert_int_equal(v.num_items > 0, num == 0);
	urne_arena_clear(&arena);
	urne_buf_clear(text);
}

void
vote_text_expect_warning(struct urne_buf *text, const char *what, const struct vote_fault *warning)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;
	bool there = false;

	check(&v, &found, &arena, text);
	for (size_t i = 0; i < found.num; i++) {
		there = there || (found.list[i].is_warning && has(&found.list[i], warning));
	}
	if (!there || found.num_errors != 0) {
		print_findings(what, &found, urne_buf_view(text));
		fail_msg("%s: the warning is missing, or there are faults", what);
	}
	urne_arena_clear(&arena);
	urne_buf_clear(text);
}

void
vote_text_expect_nothing(struct urne_buf *text, const char *what)
{
	struct urne_definition v;
	struct urne_findings found;
	struct urne_arena arena;

	check(&v, &found, &arena, text);
	if (found.num != 0) {
		print_findings(what, &found, urne_buf_view(text));
		fail_msg("%s: %zu findings, none expected", what, found.num);
	}
	urne_arena_clear(&arena);
	urne_buf_clear(text);
}
