// SPDX-License-Identifier: EUPL-1.2
// The ballot paper: the questions of an election as a member reads them, in the words of the vote
// definition or, where there is none, as they are. What a question has to choose from is taken from the
// election, which is what gets encrypted; the definition, which was compared with it, gives the words.
// Spec: docs/vote-definition.md#compilation

const FOR_AGAINST = ["for", "against"].map((key) => ({ label: { key } }));

// What the definition says about each question, item by item: words for every question of the item. A word is a TEXT, or
// {key} for a message of ours.
const wordsOf = {
	"list-ratification": () => [{ options: FOR_AGAINST }],
	"list-candidates": (item) => [{ options: left(item.entries).map(option) }],
	priorities: (item) => [{ options: left(item.entries).map(option) }],
	"list-choice": (item) => [
		{
			lists: item.sections.map((list) => ({
				title: list.title,
				text: list.text,
				options: left(list.entries.map((i) => item.entries[i])).map(option),
			})),
		},
	],
	programme: (item) => item.entries.map(row),
	text: (item) => [...item.entries.map(row), { title: { key: "vote.whole-text" }, options: FOR_AGAINST }],
	grades: (item) =>
		left(item.entries).map((entry) => ({
			title: entry.title,
			text: entry.text,
			initials: entry.initials,
			options: item.grades.map((grade) => ({ label: grade.title })),
		})),
};

function left(entries) {
	return entries.filter((e) => !e.withdrawn);
}

function option(entry) {
	return { label: entry.title, text: entry.text, initials: entry.initials };
}

function row(entry) {
	return { section: entry.section, title: entry.title, text: entry.text, options: FOR_AGAINST };
}

/* ask: what question `number` asks, in these words. */
function ask(question, number, words) {
	const lists = question.kind === "lists";
	const bare = lists
		? {
				lists: question.lists.map(([title, ...names]) => ({
					title,
					options: names.map((label) => ({ label })),
				})),
			}
		: { options: question.answers.map((label) => ({ label })) };

	return {
		number,
		title: null,
		...bare,
		...words,
		kind: lists ? "lists" : question.max === 1 ? "one" : "some",
		min: lists ? 1 : question.min,
		max: lists ? null : question.max,
		blank: !lists && question.blank,
	};
}

/* Sections of a programme, titles of a text; what stands in none, the whole of a text, comes behind them. */
function sectionsOf(item, asks) {
	const named = item.sections
		.map((s, i) => ({ title: s.title, text: s.text, asks: asks.filter((a) => a.section === i) }))
		.filter((s) => s.asks.length > 0);
	const rest = asks.filter((a) => a.section === undefined);

	return rest.length === 0 ? named : [...named, { title: null, text: null, asks: rest }];
}

/**
 * makePaper: election of core/election.js; definition of core/definition.js, or null.
 * Returns {title, description, pages, asks}. A page is what is asked at once: {title, text, kind, proposed, sections:
 * [{title, text, asks}]}; an ask is one question: {number, title|null, text?, initials?, kind:
 * 'one'|'some'|'lists', options: [{label, text?, initials?}] or lists: [{title, text?, options}], min, max, blank}.
 */
export function makePaper(election, definition) {
	const asks = [];
	const pages = [];

	if (definition === null) {
		election.questions.forEach((q, i) => {
			asks.push(ask(q, i, {}));
			pages.push({
				title: q.title,
				text: null,
				kind: null,
				proposed: [],
				sections: [{ title: null, text: null, asks: [asks[i]] }],
			});
		});
		return { title: election.name, description: election.description, pages, asks };
	}
	for (const item of definition.items) {
		const own = wordsOf[item.kind](item).map((words, i) =>
			ask(election.questions[asks.length + i], asks.length + i, words),
		);

		asks.push(...own);
		pages.push({
			title: item.title,
			text: item.text,
			kind: item.kind,
			sections: sectionsOf(item, own),
			proposed: item.kind === "list-ratification" ? item.entries.map(option) : [],
		});
	}
	return { title: definition.title, description: definition.description, pages, asks };
}

// Answers: undefined (nothing said yet), {abstain: true}, {blank: true}, {picks: [i…]}, and for rival lists {list: n,
// picks: [i…]}.

/** mayAbstain: nothing chosen is an answer. */
export function mayAbstain(ask) {
	return ask.kind !== "lists" && ask.min === 0;
}

/** isOpen: whether nothing was said yet. */
export function isOpen(answer) {
	return answer === undefined || (answer.picks?.length === 0 && answer.list === undefined);
}

/**
 * faultOf: what keeps an answer from being cast: null, or {key, values} of a message. No answer is an abstention
 * where that is possible.
 */
export function faultOf(ask, answer) {
	if (answer?.blank || answer?.abstain) {
		return null;
	}
	if (isOpen(answer)) {
		return mayAbstain(ask) ? null : { key: "vote.fault.needed", values: {} };
	}
	const n = answer.picks.length;

	if (ask.kind === "lists") {
		return n === 0 ? { key: "vote.fault.name", values: {} } : null;
	}
	if (n < ask.min) {
		return { key: "vote.fault.few", values: { n: ask.min - n } };
	}
	return n > ask.max ? { key: "vote.fault.many", values: { n: n - ask.max } } : null;
}

/** marksOf: 0 or 1 for every ciphertext of the answer, in their order: blank first, a list before its names. */
export function marksOf(ask, answer) {
	const picks = new Set(answer?.picks ?? []);
	const bit = (yes) => (yes ? 1 : 0);

	if (ask.kind === "lists") {
		return ask.lists.flatMap((list, i) => [
			bit(answer?.list === i),
			...list.options.map((_, j) => bit(answer?.list === i && picks.has(j))),
		]);
	}
	return [...(ask.blank ? [bit(answer?.blank === true)] : []), ...ask.options.map((_, i) => bit(picks.has(i)))];
}

/** answerOf: the answer that such marks are; the reverse of marksOf. Nothing marked is an abstention. */
export function answerOf(ask, marks) {
	if (ask.kind === "lists") {
		let at = 0;

		for (const [list, { options }] of ask.lists.entries()) {
			const own = marks.slice(at, at + 1 + options.length);

			if (own[0] === 1) {
				return { list, picks: options.flatMap((_, i) => (own[1 + i] === 1 ? [i] : [])) };
			}
			at += own.length;
		}
		return { abstain: true };
	}
	if (ask.blank && marks[0] === 1) {
		return { blank: true };
	}
	const picks = ask.options.flatMap((_, i) => (marks[i + (ask.blank ? 1 : 0)] === 1 ? [i] : []));

	return picks.length === 0 ? { abstain: true } : { picks };
}
