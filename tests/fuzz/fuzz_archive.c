/* SPDX-License-Identifier: EUPL-1.2 */
/* The archive as a stream: records read are written again byte for byte, and the events above
 * them end in a verdict, never in a crash. */
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "bulletin/log/event.h"

static void
read_records(const char *path, const uint8_t *data)
{
	struct urne_archive *a = NULL;
	struct urne_diag d = {{0}};
	struct urne_record rec;
	struct urne_buf again;
	bool done = false;

	urne_buf_init(&again, (size_t)16 << 20);
	if (!fuzz_verdict(urne_archive_open(&a, &d, path), &d)) {
		abort();
	}
	while (fuzz_verdict(urne_archive_next(a, &rec, &done, &d), &d) && !done) {
		struct urne_hash hash;

		if (rec.kind == URNE_RECORD_HEADER) {
			urne_record_put_header(&again, urne_archive_timestamp(a));
			continue;
		}
		urne_record_put(&again, &hash, rec.kind, rec.body, urne_archive_timestamp(a));
	}
	if (again.len > 0) {
		fuzz_same(&again, (struct urne_view){(const char *)data, again.len});
	}
	if (done && again.len != urne_archive_position(a)) {
		abort();
	}
	urne_buf_clear(&again);
	urne_archive_close(a);
}

static void
read_events(const char *path)
{
	struct urne_archive *a = NULL;
	struct urne_diag d = {{0}};
	struct urne_chain chain = {0};
	struct urne_log_item item;
	enum urne_log_fault fault = URNE_LOG_FAULT_NONE;
	bool done = false;
	uint64_t num = 0;

	if (!fuzz_verdict(urne_archive_open(&a, &d, path), &d)) {
		abort();
	}
	while (fuzz_verdict(urne_log_next(a, &chain, &item, &done, &fault, &d), &d) && !done) {
		if (++num != chain.num_events) {
			abort();
		}
	}
	urne_archive_close(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	int fd = memfd_create("archive", MFD_CLOEXEC);
	char path[64];

	if (fd < 0 || write(fd, data, data_len) != (ssize_t)data_len) {
		abort();
	}
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	read_records(path, data);
	read_events(path);
	(void)close(fd);
	return 0;
}
