/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader of choices in the words of a definition, with an item of every kind: what is accepted
 * obeys the rules of the compiled questions. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "election/compile.h"

#define HEAD                                                                                       \
	"{'urne_vote':1,'languages':['fr'],'title':{'fr':'V'},'description':{'fr':'D'},"           \
	"'organiser':{'fr':'O'},'opens':'2027-03-01T08:00:00Z','closes':'2027-03-08T08:00:00Z',"
#define MAJORITY "'majority':{'more_than':'1/2','of':'expressed'}"

/* JSON with single quotes, to be read by people. The article's hash is that of "Un\nMot.\n". */
static const char definition_text[] = HEAD
    "'items':["
    "{'id':'liste','kind':'list-ratification','title':{'fr':'L'},"
    "'list':[{'id':'c-1','name':'Aline Roy'}],'rules':{" MAJORITY ",'blank':'excluded'}},"
    "{'id':'tete','kind':'list-candidates','title':{'fr':'T'},"
    "'candidates':[{'id':'t-1','name':'Nora Blanc'},{'id':'t-2','name':'Paul Noir'},"
    "{'id':'t-3','name':'Rosa Vert'}],"
    "'rules':{'choose':{'min':1,'max':2},'seats':1,'tie':'order','order':['t-1','t-2','t-3'],"
    "'withdrawn':['t-2']}},"
    "{'id':'listes','kind':'list-choice','title':{'fr':'R'},'lists':["
    "{'id':'list-a','title':{'fr':'A'},'candidates':[{'id':'a-1','name':'Ana'}]},"
    "{'id':'list-b','title':{'fr':'B'},'candidates':[{'id':'b-1','name':'Bea'},"
    "{'id':'b-2','name':'Bela'}]}],'rules':{}},"
    "{'id':'programme','kind':'programme','title':{'fr':'P'},'sections':["
    "{'id':'climat','title':{'fr':'C'},'commitments':[{'id':'climat-1','title':{'fr':'1'}},"
    "{'id':'climat-2','title':{'fr':'2'}}]}],'rules':{" MAJORITY "}},"
    "{'id':'priorites','kind':'priorities','title':{'fr':'Q'},'commitments':["
    "{'id':'p-1','title':{'fr':'1'}},{'id':'p-2','title':{'fr':'2'}},"
    "{'id':'p-3','title':{'fr':'3'}}],"
    "'rules':{'choose':{'min':0,'max':2},'tie':'all','blank':'included'}},"
    "{'id':'notes','kind':'grades','title':{'fr':'N'},'grades':["
    "{'id':'good','title':{'fr':'g'}},{'id':'poor','title':{'fr':'p'}}],"
    "'candidates':[{'id':'r-1','name':'Ida'},{'id':'r-2','name':'Ian'}],'rules':{'tie':'all'}},"
    "{'id':'texte','kind':'text','title':{'fr':'X'},'titles':[{'id':'i','title':{'fr':'I'},"
    "'articles':[{'id':'art-1','title':{'fr':'Un'},'paragraphs':[{'fr':'Mot.'}],"
    "'sha256':'4c628c9de633326bf2580f2d24beebea2ca7a9f05f1e11c26717de1b59ec46e8'}]}],"
    "'rules':{" MAJORITY ",'blank':'excluded'}}]}";

static struct urne_definition definition;
static struct urne_election election;

/* The definition and what of its election the check of choices looks at, made once. */
static void
make_definition(void)
{
	static struct urne_arena arena;
	static char text[sizeof(definition_text)];
	struct urne_diag d = {{0}};

	memcpy(text, definition_text, sizeof(text));
	for (char *c = strchr(text, '\''); c != NULL; c = strchr(c, '\'')) {
		*c = '"';
	}
	urne_arena_init(&arena, (size_t)1 << 22);
	if (urne_definition_read(&definition, &arena, &d, urne_view_of(text)) != URNE_OK ||
	    urne_definition_compile(
		&election.questions, &election.num_questions, &arena, &d, &definition) != URNE_OK) {
		fprintf(stderr, "%s\n", d.text);
		abort();
	}
	election.num_choices = definition.num_choices;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_view text = {(const char *)data, data_len};
	struct urne_choices c = {0};
	struct urne_diag d = {{0}};

	if (definition.num_items == 0) {
		make_definition();
	}
	if (fuzz_verdict(urne_definition_choices(&c, &d, &definition, text), &d) &&
	    urne_choices_check(&c, &d, &election) != URNE_OK) {
		fprintf(stderr, "%s\n", d.text);
		abort();
	}
	urne_choices_clear(&c);
	return 0;
}
