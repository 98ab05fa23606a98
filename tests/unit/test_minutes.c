/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes: the document says every number of the record and nothing of one ballot, depends on
 * no machine, and leads from the page back to itself. Negative tests for threats A19, A20, A36. */
#include "tests/unit/support/check.h"

#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "documents/minutes_parts.h"
#include "tests/unit/support/declared_texts.h"
#include "tests/unit/support/sample_minutes.h"

#define DRAW	"b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78"
#define PROGRAM "{\"name\":\"urne\",\"release\":\"0.1.0\",\"sha256\":\"" DRAW "\"}"
#define DECLARED                                                                                   \
	"{\"draw\":\"" DRAW "\",\"withdrawn\":[" ILL "],\"incidents\":[" PANNE "],"                \
	"\"remarks\":[" TEXT("Rien") "],\"software\":[" PROGRAM "]}"

static int
setup(void **state)
{
	return sample_minutes_setup(state, DECLARED);
}

/* parsed reads the document back. */
static const struct urne_json *
parsed(struct sample_minutes *s)
{
	const struct urne_json *v = NULL;

	if (urne_json_parse(&v, &s->arena, &s->d, urne_buf_view(&s->json)) != URNE_OK) {
		fail_msg("%s", s->d.text);
	}
	return v;
}

/* at goes down a way such as "archive.bytes"; lists by index: "trustees.1.met". */
static const struct urne_json *
at(const struct urne_json *v, const char *way)
{
	char name[32];

	while (*way != '\0') {
		size_t len = strcspn(way, ".");

		assert_true(len < sizeof(name));
		memcpy(name, way, len);
		name[len] = '\0';
		if (v != NULL && v->type == URNE_JSON_ARRAY) {
			unsigned long index = strtoul(name, NULL, 10);
			for (v = v->child; v != NULL && v->index != index;) {
				v = v->next;
			}
		} else {
			v = urne_json_get(v, name);
		}
		way += len + (way[len] == '.' ? 1 : 0);
	}
	return v;
}

static void
says(const struct urne_json *root, const char *way, const char *raw)
{
	const struct urne_json *v = at(root, way);

	if (v == NULL || !urne_view_is(v->raw, raw)) {
		fail_msg("%s: %.*s, not %s", way, v == NULL ? 7 : (int)v->raw.len,
		    v == NULL ? "missing" : v->raw.p, raw);
	}
}

static bool
holds(const struct sample_minutes *s, const char *needle)
{
	return memmem(s->json.data, s->json.len, needle, strlen(needle)) != NULL;
}

static void
the_document_says_everything_that_minutes_must_say(void **state)
{
	static const char *const expected[][2] = {
	    {"format", "\"urne-minutes-1\""},
	    {"organiser.en", "\"Movement of the banks\""},
	    {"title.fr", "\"Congrès du printemps\""},
	    {"object.en", "\"List, programme and statutes\""},
	    {"definition.authentic_language", "\"fr\""},
	    {"definition.floor", "5"},
	    {"election.uuid", "\"" SAMPLE_UUID "\""},
	    {"election.name", "\"Congrès du printemps\""},
	    {"election.group", "\"Ed25519\""},
	    {"election.fingerprint", "\"" SAMPLE_PHI "\""},
	    {"opens.written", "\"2027-03-01T08:00:00+01:00\""},
	    {"opens.utc", "\"2027-03-01T07:00:00Z\""},
	    {"closes.utc", "\"2027-03-05T19:00:00Z\""},
	    {"roll.members", "12"},
	    {"roll.weight", "12"},
	    {"turnout.voters", "10"},
	    {"turnout.votes", "10"},
	    {"turnout.voters_of_members", "8333"},
	    {"turnout.votes_of_weight", "8333"},
	    {"ballots.received", "11"},
	    {"ballots.revotes", "1"},
	    {"draw.source", "\"drand\""},
	    {"draw.chain", "\"quicknet\""},
	    {"draw.round", "41000000"},
	    {"draw.published_utc", "\"2027-07-17T05:49:24Z\""},
	    {"draw.needed", "false"},
	    {"draw.outcome_complete", "true"},
	    {"trustees.0", "{\"first\":1,\"members\":1,\"threshold\":1,\"decrypted\":[1],"
			   "\"met\":true}"},
	    {"trustees.1", "{\"first\":2,\"members\":3,\"threshold\":2,\"decrypted\":[2,4],"
			   "\"met\":true}"},
	    {"declared", DECLARED},
	    {"software_announced.0.release", "\"0.1.0\""},
	    {"archive.sha256",
		"\"a1b2000000000000000000000000000000000000000000000000000000000000\""},
	    {"archive.bytes", "123456"},
	    {"archive.events", "18"},
	    {"archive.head",
		"\"c300000000000000000000000000000000000000000000000000000000000000\""},
	    {"verification.verdict", "\"VERIFIED\""},
	    {"verification.checks.1", "{\"id\":\"ballot-proofs\",\"verdict\":\"PASS\",\"items\":11,"
				      "\"unit\":\"ballots\"}"},
	    {"verification.not_checked", "[]"},
	    {"officials.required", "1"},
	    {"officials.keys.0.name", "\"Albane Querrioux\""},
	    {"officials.keys.0.role.en", "\"Chair\""},
	    {"officials.keys.0.key",
		"\"albane-querrioux+a7a62e8c+ASfP9IWfE4qDCUfXFw+1zId8BdwWXgLmXGEz66Sk5nR8\""},
	};
	struct sample_minutes *s = *state;
	const struct urne_json *root = parsed(s);

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		says(root, expected[i][0], expected[i][1]);
	}
	assert_int_equal(at(root, "items")->num_children, 7);
}

static void
the_document_is_compact_and_ends_with_one_newline(void **state)
{
	struct sample_minutes *s = *state;

	assert_true(s->json.data[s->json.len - 1] == '\n');
	assert_null(memchr(s->json.data, '\n', s->json.len - 1));
	assert_false(holds(s, "\": "));
	assert_false(holds(s, ", \""));
}

static void
same_input_gives_the_same_bytes(void **state)
{
	struct sample_minutes *s = *state;
	struct sample_minutes again;

	sample_minutes_make(&again, DECLARED);
	assert_true(urne_view_eq(urne_buf_view(&s->json), urne_buf_view(&again.json)));
	sample_minutes_clear(&again);
}

static void
a36_no_clock_time_zone_or_locale_is_in_the_document(void **state)
{
	static const char *const zones[] = {"Pacific/Kiritimati", "America/St_Johns", "XXX-13:30"};
	struct sample_minutes *s = *state;
	struct sample_minutes again;

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		assert_int_equal(setenv("TZ", zones[i], 1), 0);
		assert_int_equal(setenv("LC_ALL", "de_DE.UTF-8", 1), 0);
		assert_int_equal(setenv("HOSTNAME", zones[i], 1), 0);
		tzset();
		(void)setlocale(LC_ALL, "");
		sample_minutes_make(&again, DECLARED);
		assert_true(urne_view_eq(urne_buf_view(&s->json), urne_buf_view(&again.json)));
		sample_minutes_clear(&again);
	}
	(void)setlocale(LC_ALL, "C");
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
}

static void
utc_is_computed_from_the_seconds_alone(void **state)
{
	static const struct {
		int64_t seconds;
		const char *utc;
	} cases[] = {
	    {0, "\"1970-01-01T00:00:00Z\""},
	    {-1, "\"1969-12-31T23:59:59Z\""},
	    {951782399, "\"2000-02-28T23:59:59Z\""},
	    {951782400, "\"2000-02-29T00:00:00Z\""},
	    {951868800, "\"2000-03-01T00:00:00Z\""},
	    {1709164800, "\"2024-02-29T00:00:00Z\""},
	    {1798761599, "\"2026-12-31T23:59:59Z\""},
	    {4107542400, "\"2100-03-01T00:00:00Z\""},
	    {253402300799, "\"9999-12-31T23:59:59Z\""},
	};
	struct sample_minutes *s = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		s->definition.opens.seconds = cases[i].seconds;
		sample_minutes_write(s);
		says(parsed(s), "opens.utc", cases[i].utc);
	}
}

static void
every_number_is_under_the_hash(void **state)
{
	struct sample_minutes *s = *state;
	uint64_t *const numbers[] = {
	    &s->minutes.record.archive_bytes,
	    &s->minutes.record.num_events,
	    &s->minutes.record.ballots,
	    &s->outcome.turnout.members,
	    &s->outcome.turnout.roll,
	    &s->outcome.turnout.voters,
	    &s->outcome.turnout.votes,
	    &s->outcome.items[0].decisions[0].votes_for,
	    &s->outcome.items[0].decisions[0].against,
	    &s->trustees[1].threshold,
	    &s->decrypted[2],
	    &s->checks[1].items,
	    &s->definition.floor,
	    &s->definition.draw.round,
	};
	struct urne_hash before = s->sha256;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		*numbers[i] += 1;
		sample_minutes_write(s);
		if (urne_hash_eq(&before, &s->sha256)) {
			fail_msg("number %zu is not in the document", i);
		}
		*numbers[i] -= 1;
	}
	sample_minutes_write(s);
	assert_true(urne_hash_eq(&before, &s->sha256));
}

/* A19, A20: one more ballot changes two numbers, and adds nothing that belongs to a ballot. */
static void
a19_a20_the_document_holds_nothing_of_a_single_ballot(void **state)
{
	struct sample_minutes *s = *state;
	size_t len = s->json.len;

	s->minutes.record.ballots = 12;
	sample_minutes_write(s);
	assert_int_equal(s->json.len, len);
	says(parsed(s), "ballots", "{\"received\":12,\"revotes\":2}");
	assert_false(holds(s, "\"tracker"));
	assert_false(holds(s, "\"credential\""));
	assert_false(holds(s, "\"time\""));
}

static void
shares_are_rounded_half_up_and_never_divide_by_zero(void **state)
{
	assert_int_equal(urne_minutes_hundredths(1, 3), 3333);
	assert_int_equal(urne_minutes_hundredths(2, 3), 6667);
	assert_int_equal(urne_minutes_hundredths(1, 20000), 1);
	assert_int_equal(urne_minutes_hundredths(1, 20001), 0);
	assert_int_equal(urne_minutes_hundredths(5, 5), 10000);
	assert_int_equal(urne_minutes_hundredths(0, 0), 0);
	assert_int_equal(urne_minutes_hundredths(1000000000000, 1000000000000), 10000);
}

static void
a_threshold_that_was_not_met_is_not_met(void **state)
{
	struct sample_minutes *s = *state;

	s->minutes.record.num_decrypted = 2;
	sample_minutes_write(s);
	says(parsed(s), "trustees.0.met", "true");
	says(parsed(s), "trustees.1.met", "false");
	says(parsed(s), "trustees.1.decrypted", "[2]");
}

static void
what_was_not_checked_is_listed_again(void **state)
{
	struct sample_minutes *s = *state;

	s->checks[0].verdict = VIEW("NOT CHECKED");
	s->checks[2].verdict = VIEW("NOT CHECKED");
	sample_minutes_write(s);
	says(parsed(s), "verification.not_checked", "[\"archive-format\",\"result\"]");
}

static void
what_the_record_cannot_show_is_said_unless_officials_told_it(void **state)
{
	struct sample_minutes *s = *state;
	struct sample_minutes silent;

	assert_int_equal(at(parsed(s), "not_in_record")->num_children, URNE_NUM_MINUTES_GAPS - 2);
	assert_true(holds(s, "{\"code\":\"rejected-ballots\",\"fr\":\"Bulletins refusés"));
	assert_true(holds(s, "\"code\":\"roll-changes\""));
	assert_true(holds(s, "\"code\":\"witnesses\""));
	assert_false(holds(s, "\"code\":\"incidents\""));
	assert_false(holds(s, "\"code\":\"software-used\""));
	sample_minutes_make(&silent, NULL);
	assert_int_equal(at(parsed(&silent), "not_in_record")->num_children, URNE_NUM_MINUTES_GAPS);
	assert_true(holds(&silent, "\"code\":\"incidents\""));
	assert_true(holds(&silent, "\"declared\":{}"));
	sample_minutes_clear(&silent);
}

static void
a_hostile_name_of_an_official_stays_a_name(void **state)
{
	static const char name[] = "Eve\x1b[31m\n\",\"x\":1}</script><script>alert(1)</script>\x7f";
	struct sample_minutes *s = *state;
	struct urne_official officials[1] = {s->definition.officials[0]};
	const struct urne_json *v;
	struct urne_page p;
	struct urne_buf html;

	officials[0].name = urne_view_of(name);
	s->definition.officials = officials;
	s->definition.num_officials = 1;
	sample_minutes_write(s);
	v = at(parsed(s), "officials.keys.0.name");
	assert_true(urne_view_is(v->text, name));
	assert_null(memchr(s->json.data, 0x1b, s->json.len));
	assert_null(memchr(s->json.data, 0x7f, s->json.len));

	urne_page_init(&p, &s->arena, VIEW("fr"), VIEW("t"));
	urne_minutes_compose(&p, (struct urne_reader){URNE_LANG_FR, 0}, &s->minutes, &s->sha256);
	urne_buf_init(&html, (size_t)1 << 22);
	urne_page_render_html(&html, &p);
	assert_ok(urne_buf_error(&html));
	assert_null(memmem(html.data, html.len, "<script", 7));
	assert_null(memchr(html.data, 0x1b, html.len));
	assert_non_null(memmem(html.data, html.len, "Eve", 3));
	urne_buf_clear(&html);
}

static void
what_a_recomputation_needs_is_read_back(void **state)
{
	struct sample_minutes *s = *state;
	struct urne_minutes_inputs inputs;
	struct urne_declared again;

	assert_ok(urne_minutes_inputs(&inputs, &s->arena, &s->d, urne_buf_view(&s->json)));
	assert_true(urne_view_is(inputs.declared, DECLARED));
	assert_int_equal(inputs.journal_size, 0);
	assert_ok(urne_declared_read(&again, &s->arena, &s->d, &s->definition, inputs.declared));
	assert_int_equal(again.withdrawals[0].entry, s->declared.withdrawals[0].entry);
}

static void
what_are_no_minutes_is_refused(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "line 1"},
	    {"[]", URNE_ERR_SYNTAX, "these are no minutes"},
	    {"{}", URNE_ERR_SYNTAX, "these are no minutes"},
	    {"{\"format\":1}", URNE_ERR_SYNTAX, "these are no minutes"},
	    {"{\"format\":\"urne-minutes-2\"}", URNE_ERR_UNSUPPORTED, "urne-minutes-1 only"},
	    {"{\"format\":\"urne-minutes-1\"}", URNE_ERR_SYNTAX, "declared"},
	    {"{\"format\":\"urne-minutes-1\",\"declared\":[]}", URNE_ERR_SYNTAX, "declared"},
	    {"{\"format\":\"urne-minutes-1\",\"declared\":{},\"declared\":{}}", URNE_ERR_DUPLICATE,
		"declared"},
	    {"{\"format\":\"urne-minutes-1\",\"journal\":{},\"declared\":{}}", URNE_ERR_SYNTAX,
		"must say its \"size\""},
	    {"{\"format\":\"urne-minutes-1\",\"journal\":{\"size\":1},\"declared\":{}}",
		URNE_ERR_SYNTAX, "a number from 2 on"},
	    {"{\"format\":\"urne-minutes-1\",\"journal\":{\"size\":-3},\"declared\":{}}",
		URNE_ERR_SYNTAX, "must say its \"size\""},
	};
	struct sample_minutes *s = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		struct urne_minutes_inputs inputs;
		enum urne_err e =
		    urne_minutes_inputs(&inputs, &s->arena, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_true(urne_view_is(inputs.declared, "{}"));
		assert_int_equal(inputs.journal_size, 0);
	}
}

static void
what_is_signed_and_what_the_qr_code_holds_name_vote_and_hash(void **state)
{
	struct urne_hash h = {{0xab}};
	struct urne_buf out;

	urne_buf_init(&out, 4096);
	urne_minutes_note_text(&out, VIEW(SAMPLE_UUID), &h);
	assert_true(urne_view_is(urne_buf_view(&out),
	    "urne-minutes-1\n" SAMPLE_UUID "\nsha256 "
	    "ab00000000000000000000000000000000000000000000000000000000000000\n"));
	urne_buf_reset(&out);
	urne_minutes_qr_text(&out, VIEW(SAMPLE_UUID), &h);
	assert_true(urne_view_is(urne_buf_view(&out),
	    "URNE-MINUTES-1 " SAMPLE_UUID
	    " ab00000000000000000000000000000000000000000000000000000000000000"));
	urne_buf_clear(&out);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, sample_minutes_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(the_document_says_everything_that_minutes_must_say),
	    T(the_document_is_compact_and_ends_with_one_newline),
	    T(same_input_gives_the_same_bytes),
	    T(a36_no_clock_time_zone_or_locale_is_in_the_document),
	    T(utc_is_computed_from_the_seconds_alone),
	    T(every_number_is_under_the_hash),
	    T(a19_a20_the_document_holds_nothing_of_a_single_ballot),
	    cmocka_unit_test(shares_are_rounded_half_up_and_never_divide_by_zero),
	    T(a_threshold_that_was_not_met_is_not_met),
	    T(what_was_not_checked_is_listed_again),
	    T(what_the_record_cannot_show_is_said_unless_officials_told_it),
	    T(a_hostile_name_of_an_official_stays_a_name),
	    T(what_a_recomputation_needs_is_read_back),
	    T(what_are_no_minutes_is_refused),
	    cmocka_unit_test(what_is_signed_and_what_the_qr_code_holds_name_vote_and_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
