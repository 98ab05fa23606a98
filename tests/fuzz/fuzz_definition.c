/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of vote definitions. Its findings are complete and in order; a text without fault is
 * one that compiles to the questions that were counted, and reads the same again. */
#include "tests/fuzz/fuzz.h"

#include "election/compile.h"

static void
stop(const char *why)
{
	fprintf(stderr, "%s\n", why);
	abort();
}

static void
check_findings(const struct urne_findings *f)
{
	size_t errors = 0;

	for (size_t i = 0; i < f->num; i++) {
		const struct urne_finding *x = &f->list[i];

		errors += x->is_warning ? 0 : 1;
		if (x->path.len == 0 || x->problem.len == 0 || x->remedy.len == 0 || x->line == 0 ||
		    x->column == 0) {
			stop("a finding says too little");
		}
		if (i > 0 &&
		    (x->line < x[-1].line || (x->line == x[-1].line && x->column < x[-1].column))) {
			stop("findings are not in order");
		}
	}
	if (errors != f->num_errors || f->num > 1000) {
		stop("findings are not counted");
	}
}

static void
check_good(struct fuzz_input *f, const struct urne_definition *v)
{
	const struct urne_question *questions = NULL;
	size_t num = 0, choices = 0;

	(void)fuzz_verdict(urne_definition_compile(&questions, &num, &f->arena, &f->d, v), &f->d);
	for (size_t i = 0; i < num; i++) {
		choices += urne_question_num_choices(&questions[i]);
	}
	if (num == 0 || num != v->num_questions || choices != v->num_choices) {
		stop("a definition without fault does not compile to what it counts");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_definition v, again;
	struct urne_findings found;
	enum urne_err e;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	if (urne_definition_check(&v, &found, &f.arena, f.text) != URNE_OK) {
		stop("a definition is blamed on us");
	}
	check_findings(&found);
	e = urne_definition_read(&again, &f.arena, &f.d, f.text);
	if (fuzz_verdict(e, &f.d) != (found.num_errors == 0)) {
		stop("the two readers disagree");
	}
	if (e == URNE_OK) {
		check_good(&f, &v);
	} else if (v.num_items != 0) {
		stop("a faulty definition is handed out");
	}
	fuzz_end(&f);
	return 0;
}
