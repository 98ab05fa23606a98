/* SPDX-License-Identifier: EUPL-1.2 */
/* A line is made in memory of its own and leaves in one write, so that threads need no lock. Its
 * last bytes are kept free: a line that is too long still ends as an object. */
#include "base/oplog.h"

#include <errno.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define CUT  ",\"cut\":true"
#define END  "}\n"
#define ROOM (sizeof(((struct urne_oplog *)NULL)->room) - (sizeof(CUT) - 1) - (sizeof(END) - 1))

static const char *const levels[] = {
    [URNE_OPLOG_INFO] = "info",
    [URNE_OPLOG_WARNING] = "warning",
    [URNE_OPLOG_ERROR] = "error",
};

/* put takes what a field became, or nothing of it. */
static void
put(struct urne_oplog *l, const struct urne_buf *field)
{
	if (l->cut || urne_buf_error(field) != URNE_OK || field->len > ROOM - l->len) {
		l->cut = true;
		return;
	}
	memcpy(l->room + l->len, field->data, field->len);
	l->len += field->len;
}

static void
put_time(struct urne_buf *out)
{
	struct timeval now = {0};
	struct tm tm = {0};
	char text[32];

	(void)gettimeofday(&now, NULL);
	(void)gmtime_r(&now.tv_sec, &tm);
	urne_buf_put(out, text, strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm));
	urne_buf_printf(out, ".%03ldZ", (long)now.tv_usec / 1000);
}

void
urne_oplog_begin(struct urne_oplog *l, enum urne_oplog_level level, const char *event)
{
	struct urne_buf field;

	l->len = 0;
	l->cut = false;
	urne_buf_init(&field, ROOM);
	urne_buf_puts(&field, "{\"time\":\"");
	put_time(&field);
	urne_buf_printf(&field, "\",\"level\":\"%s\",\"event\":", levels[level]);
	urne_buf_put_json_string(&field, urne_view_of(event));
	put(l, &field);
	urne_buf_clear(&field);
}

static void
begin_field(struct urne_buf *field, const char *key)
{
	urne_buf_init(field, ROOM);
	urne_buf_putc(field, ',');
	urne_buf_put_json_string(field, urne_view_of(key));
	urne_buf_putc(field, ':');
}

void
urne_oplog_u64(struct urne_oplog *l, const char *key, uint64_t v)
{
	struct urne_buf field;

	begin_field(&field, key);
	urne_buf_put_u64(&field, v);
	put(l, &field);
	urne_buf_clear(&field);
}

void
urne_oplog_view(struct urne_oplog *l, const char *key, struct urne_view v)
{
	struct urne_buf field;

	begin_field(&field, key);
	urne_buf_put_json_string(&field, v);
	put(l, &field);
	urne_buf_clear(&field);
}

void
urne_oplog_string(struct urne_oplog *l, const char *key, const char *s)
{
	urne_oplog_view(l, key, urne_view_of(s));
}

void
urne_oplog_end(struct urne_oplog *l)
{
	const char *end = l->cut ? CUT END : END;
	size_t len = strlen(end);
	ssize_t n;

	if (l->len == 0) {
		return; /* not even the beginning found memory */
	}
	memcpy(l->room + l->len, end, len);
	l->len += len;
	do {
		n = write(STDERR_FILENO, l->room, l->len);
	} while (n < 0 && errno == EINTR);
	l->len = 0;
}
