/* SPDX-License-Identifier: EUPL-1.2 */
/* Replays a corpus through a fuzz target in an ordinary build. The program fuzz_NAME replays the
 * files given, or else all of tests/fuzz/corpus/NAME/ below $TOP (or the current folder). A
 * missing or empty corpus is a failure: a test that reads nothing proves nothing. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len);

/* read_all returns the bytes of an open file in a block of exactly their size, so that a
 * sanitizer sees a read past the end, or NULL. */
static uint8_t *
read_all(FILE *f, size_t *len)
{
	struct stat st;
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
		return NULL;
	}
	size_t size = (size_t)st.st_size;
	uint8_t *data = malloc(size > 0 ? size : 1);
	if (data == NULL || fread(data, 1, size, f) != size) {
		free(data);
		return NULL;
	}
	*len = size;
	return data;
}

/* replay runs the target on one file and tells whether it could be read. */
static int
replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t len = 0;
	uint8_t *data = f == NULL ? NULL : read_all(f, &len);
	if (f != NULL) {
		(void)fclose(f);
	}
	if (data == NULL) {
		fprintf(stderr, "%s: cannot read: %s\n", path, strerror(errno));
		return -1;
	}
	/* Printed first, so that the last line before a crash names the input. */
	printf("%s\n", path);
	(void)fflush(stdout);
	(void)LLVMFuzzerTestOneInput(data, len);
	free(data);
	return 0;
}

static int
replay_folder(const char *folder)
{
	struct dirent **entries = NULL;
	int num = scandir(folder, &entries, NULL, alphasort);
	if (num < 0) {
		fprintf(stderr, "%s: no corpus: %s\n", folder, strerror(errno));
		return 1;
	}
	int num_replayed = 0;
	int bad = 0;
	for (int i = 0; i < num; i++) {
		const char *name = entries[i]->d_name;
		char path[4096];
		int n = snprintf(path, sizeof(path), "%s/%s", folder, name);
		if (name[0] != '.') {
			if (n < 0 || (size_t)n >= sizeof(path) || replay(path) != 0) {
				bad = 1;
			} else {
				num_replayed++;
			}
		}
		free(entries[i]);
	}
	free(entries);
	if (num_replayed == 0) {
		fprintf(stderr, "%s: the corpus is empty\n", folder);
		return 1;
	}
	printf("%d inputs replayed\n", num_replayed);
	return bad;
}

int
main(int argc, char **argv)
{
	if (argc > 1) {
		int bad = 0;
		for (int i = 1; i < argc; i++) {
			if (replay(argv[i]) != 0) {
				bad = 1;
			}
		}
		return bad;
	}
	const char *slash = strrchr(argv[0], '/');
	const char *name = slash == NULL ? argv[0] : slash + 1;
	if (strncmp(name, "fuzz_", 5) != 0) {
		fprintf(stderr, "%s: expected to be called fuzz_NAME\n", name);
		return 1;
	}
	const char *top = getenv("TOP");
	char folder[3800];
	int n = snprintf(
	    folder, sizeof(folder), "%s/tests/fuzz/corpus/%s", top == NULL ? "." : top, name + 5);
	if (n < 0 || (size_t)n >= sizeof(folder)) {
		fprintf(stderr, "%s: path too long\n", name);
		return 1;
	}
	return replay_folder(folder);
}
