/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages as they stand on the wire: every header, compression, what a browser has already, and a
 * board without pages. Spec: docs/pages.md#headers */
#include "tests/unit/board/http_case.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/unit/support/site_case.h"

#define NUM(a)	  (sizeof(a) / sizeof((a)[0]))
#define GET(path) "GET " path HTTP_HOST
#define VOTE	  "/vote/" FAKE_UUID
#define STYLE	  "/pages/style.css"

/* A style sheet that is worth compressing. */
static const char style[] = "h1 { margin: 0 }\nh2 { margin: 0 }\nh3 { margin: 0 }\n"
			    "h4 { margin: 0 }\nh5 { margin: 0 }\nh6 { margin: 0 }\n";

static struct urne_pages *pages;

static void
write_below(const char *folder, const struct urne_tree_file *f)
{
	char path[512];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, f->path.p);
	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0755);
		*slash = '/';
	}
	out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(f->text.p, 1, f->text.len, out), f->text.len);
	assert_int_equal(fclose(out), 0);
}

static int
begin(void **state)
{
	static struct http_case c;
	struct urne_diag d = {{0}};
	struct site_case site;
	char folder[128];

	http_begin(&c);
	site_case_init(&site);
	site_case_put(&site, "style.css", style);
	(void)snprintf(folder, sizeof(folder), "%s/booth", c.dir);
	for (size_t i = 0; i < site.num; i++) {
		write_below(folder, &site.files[i]);
	}
	if (urne_pages_load(&pages, &d, folder, &site.service) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	fake_of(c.board)->pages = pages;
	http_start(&c);
	*state = &c;
	return 0;
}

static int
end(void **state)
{
	int result = http_tear_down(state);

	urne_pages_free(pages);
	return result;
}

static void
assert_header(struct http_answer *a, const char *name, const char *want)
{
	const char *value = http_header(a, name);

	if ((value == NULL) != (want == NULL) || (want != NULL && strcmp(value, want) != 0)) {
		fail_msg("%s: %s, not %s", name, value != NULL ? value : "missing",
		    want != NULL ? want : "missing");
	}
}

static void
every_address_has_its_page_with_all_headers(void **state)
{
	static const char *const addresses[] = {
	    "/", VOTE, "/observe/" FAKE_UUID, "/result/" FAKE_UUID, "/receipt", "/audit"};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(addresses); i++) {
		char request[256];

		(void)snprintf(request, sizeof(request), "GET %s" HTTP_HOST "\r\n", addresses[i]);
		http_ask(&a, c, request);
		assert_status(&a, 200);
		assert_header(&a, "Content-Type", "text/html; charset=utf-8");
		assert_header(&a, "Cache-Control", "no-cache");
		assert_header(&a, "X-Content-Type-Options", "nosniff");
		assert_header(&a, "Referrer-Policy", "no-referrer");
		assert_header(&a, "Cross-Origin-Opener-Policy", "same-origin");
		assert_header(&a, "Cross-Origin-Resource-Policy", "same-origin");
		assert_header(&a, "Integrity-Policy", "blocked-destinations=(script)");
		assert_header(&a, "Access-Control-Allow-Origin", NULL);
		assert_non_null(http_header(&a, "Content-Security-Policy"));
		assert_non_null(strstr(a.value, "default-src 'none'; script-src 'self' 'sha256-"));
		assert_non_null(strstr(a.body, "<script type=\"importmap\">"));
	}
}

static void
what_pages_consist_of_has_its_type_and_may_be_framed_nowhere(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	http_ask(&a, c, GET("/pages/js/core/b.js") "\r\n");
	assert_status(&a, 200);
	assert_string_equal(a.body, SITE_MODULE);
	assert_header(&a, "Content-Type", "text/javascript; charset=utf-8");
	assert_header(&a, "Content-Security-Policy", "default-src 'none'; sandbox");
	assert_header(&a, "Cross-Origin-Resource-Policy", "same-origin");
	assert_header(&a, "Integrity-Policy", NULL);
	assert_header(&a, "Vary", "Accept-Encoding");
}

static void
gzip_is_sent_to_whoever_takes_it(void **state)
{
	static const struct {
		const char *request;
		bool packed;
	} cases[] = {
	    {GET(STYLE) "Accept-Encoding: gzip\r\n\r\n", true},
	    {GET(STYLE) "Accept-Encoding: br , GZIP;q=0.5\r\n\r\n", true},
	    {GET(STYLE) "Accept-Encoding: br, deflate\r\n\r\n", false},
	    {GET(STYLE) "Accept-Encoding: gzip; q=0.0\r\n\r\n", false},
	    {GET(STYLE) "Accept-Encoding: gzip;q=0\r\n\r\n", false},
	    {GET(STYLE) "Accept-Encoding: gzip;Q=0\r\n\r\n", false},
	    {GET(STYLE) "Accept-Encoding: gzip ; Q=0.000\r\n\r\n", false},
	    {GET(STYLE) "Accept-Encoding: gzip ;q=0.1\r\n\r\n", true},
	    {GET(STYLE) "Accept-Encoding: xgzip, gzipx\r\n\r\n", false},
	    {GET(STYLE) "\r\n", false},
	    /* too short to gain anything */
	    {GET("/pages/vendor/noble-1/LICENSE") "Accept-Encoding: gzip\r\n\r\n", false},
	};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(cases); i++) {
		http_ask(&a, c, cases[i].request);
		assert_status(&a, 200);
		assert_header(&a, "Content-Encoding", cases[i].packed ? "gzip" : NULL);
		assert_int_equal(memcmp(a.body, "\x1f\x8b", 2) == 0, cases[i].packed);
	}
}

static void
who_has_a_file_is_not_sent_it_again(void **state)
{
	struct http_case *c = *state;
	char request[512], etag[128];
	struct http_answer a;

	http_ask(&a, c, GET(VOTE) "\r\n");
	assert_non_null(http_header(&a, "ETag"));
	(void)snprintf(etag, sizeof(etag), "%.100s", a.value);
	(void)snprintf(
	    request, sizeof(request), GET(VOTE) "If-None-Match: \"x\", W/%s\r\n\r\n", etag);
	http_ask(&a, c, request);
	assert_status(&a, 304);
	assert_int_equal(a.body_len, 0);
	assert_header(&a, "ETag", etag);
	assert_header(&a, "Integrity-Policy", "blocked-destinations=(script)");
	http_ask(&a, c, GET(VOTE) "If-None-Match: \"x\"\r\n\r\n");
	assert_status(&a, 200);
}

static void
what_is_not_there_is_a_problem_and_no_file_of_the_disk(void **state)
{
	static const char *const requests[] = {GET("/pages/js/core/c.js") "\r\n",
	    GET("/pages/../style.css") "\r\n", GET("/pages/pages/vote.html") "\r\n",
	    GET("/vote/") "\r\n", GET("/vote/x") "\r\n", GET("/vote") "\r\n",
	    GET("/index.html") "\r\n", GET("/pages/") "\r\n"};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(requests); i++) {
		http_ask(&a, c, requests[i]);
		assert_status(&a, 404);
		assert_header(&a, "Content-Type", "application/problem+json");
		assert_header(&a, "Content-Security-Policy", "default-src 'none'; sandbox");
	}
	http_ask(&a, c, "POST /" HTTP_HOST "Content-Length: 0\r\n\r\n");
	assert_status(&a, 405);
	assert_header(&a, "Allow", "GET, HEAD, OPTIONS");
}

#define BROWSER "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n\r\n"

static void
what_was_put_behind_the_address_of_a_page_is_taken_off_again(void **state)
{
	static const struct {
		const char *request, *location;
	} cases[] = {
	    {GET(VOTE "?utm_source=x%20y&a=b") "\r\n", "./" FAKE_UUID},
	    {GET(VOTE "?") BROWSER, "./" FAKE_UUID},
	    {GET(VOTE "/") BROWSER, "../" FAKE_UUID},
	    {GET(VOTE "/?x") "\r\n", "../" FAKE_UUID},
	    {"HEAD " VOTE "/" HTTP_HOST "\r\n", "../" FAKE_UUID},
	    {GET("http://x" VOTE "?x") "\r\n", "./" FAKE_UUID},
	    {GET("/receipt/") "\r\n", "../receipt"},
	    {GET("/?x=/../..//evil.example/") "\r\n", "./"},
	    {GET("//") "\r\n", "../"},
	};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(cases); i++) {
		http_ask(&a, c, cases[i].request);
		assert_status(&a, 301);
		assert_header(&a, "Location", cases[i].location);
		assert_header(&a, "Cache-Control", "no-cache");
		assert_header(&a, "Content-Type", NULL);
	}
}

static void
nothing_else_is_taken_off(void **state)
{
	static const struct {
		const char *request;
		unsigned status;
	} cases[] = {
	    {GET(VOTE "//") "\r\n", 404},
	    {GET("//evil.example/") "\r\n", 404},
	    {GET("//evil.example/..?x") "\r\n", 400},
	    {GET("/vote/x/") "\r\n", 404},
	    {GET(STYLE "?x") "\r\n", 400},
	    {GET(STYLE "/") "\r\n", 404},
	    {GET("/healthz?x") "\r\n", 400},
	    {GET("/bb/" FAKE_UUID "/status?x") BROWSER, 400},
	    {GET("/bb/" FAKE_UUID "/status/") BROWSER, 404},
	    {"POST " VOTE "?x" HTTP_HOST "Content-Length: 0\r\n\r\n", 400},
	    {GET(VOTE "?x") "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
	};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(cases); i++) {
		http_ask(&a, c, cases[i].request);
		assert_status(&a, cases[i].status);
		assert_header(&a, "Location", NULL);
		assert_header(&a, "Content-Type", "application/problem+json");
	}
}

static void
a_person_is_told_in_a_page_what_to_do(void **state)
{
	static const struct {
		const char *request, *home;
		unsigned status;
	} cases[] = {
	    {GET("/vot/" FAKE_UUID) BROWSER, "<a href=\"./../\">", 404},
	    {GET(VOTE "%20") BROWSER, "<a href=\"./../\">", 400},
	    {GET("/a/b/c?/d/<x>") BROWSER, "<a href=\"./../../\">", 400},
	    {GET("/index.html") "Accept: TEXT/HTML\r\n\r\n", "<a href=\"./\">", 404},
	};
	struct http_case *c = *state;
	struct http_answer a;

	for (size_t i = 0; i < NUM(cases); i++) {
		http_ask(&a, c, cases[i].request);
		assert_status(&a, cases[i].status);
		assert_header(&a, "Content-Type", "text/html; charset=utf-8");
		assert_header(&a, "Vary", "Accept");
		assert_non_null(http_header(&a, "Content-Security-Policy"));
		assert_non_null(strstr(a.value, "default-src 'none'; style-src 'sha256-"));
		assert_non_null(strstr(a.value, "; sandbox"));
		assert_non_null(strstr(a.body, "<h1>Il n’y a pas de page à cette adresse</h1>"));
		assert_non_null(strstr(a.body, cases[i].home));
		assert_non_null(strstr(a.body, "&quot;urn:urne:problem:"));
	}
}

static void
a_board_without_pages_says_so(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	fake_of(c->board)->pages = NULL;
	http_ask(&a, c, GET("/") BROWSER);
	assert_status(&a, 404);
	assert_non_null(strstr(a.body, "this board serves no pages to browsers"));
	http_ask(&a, c, GET("/?x") BROWSER);
	assert_status(&a, 400);
	fake_of(c->board)->pages = pages;
	assert_header(&a, "Content-Type", "application/problem+json");
}

static void
a_folder_that_is_not_there_is_refused_with_the_ways_out(void **state)
{
	const struct urne_note_key key = {.name = VIEW("vote.example.org/bb")};
	struct urne_pages *p = NULL;
	struct urne_diag d = {{0}};

	(void)state;
	assert_err(urne_pages_load(&p, &d, "/nonexistent/pages", &key), URNE_ERR_IO);
	assert_null(p);
	assert_non_null(strstr(d.text, "/nonexistent/pages: the folder of the pages is not there"));
	assert_non_null(strstr(d.text, "--pages none"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_address_has_its_page_with_all_headers),
	    cmocka_unit_test(what_pages_consist_of_has_its_type_and_may_be_framed_nowhere),
	    cmocka_unit_test(gzip_is_sent_to_whoever_takes_it),
	    cmocka_unit_test(who_has_a_file_is_not_sent_it_again),
	    cmocka_unit_test(what_is_not_there_is_a_problem_and_no_file_of_the_disk),
	    cmocka_unit_test(what_was_put_behind_the_address_of_a_page_is_taken_off_again),
	    cmocka_unit_test(nothing_else_is_taken_off),
	    cmocka_unit_test(a_person_is_told_in_a_page_what_to_do),
	    cmocka_unit_test(a_board_without_pages_says_so),
	    cmocka_unit_test(a_folder_that_is_not_there_is_refused_with_the_ways_out),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
