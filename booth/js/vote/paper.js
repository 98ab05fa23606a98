// SPDX-License-Identifier: EUPL-1.2
// The ballot paper: the questions of an election as a member reads them, in the words of the vote
// definition or, where there is none, as they are. What a question has to choose from is taken from the
// election, which is what gets encrypted; the definition, which was compared with it, gives the words.
// Spec: docs/vote-definition.md#compilation

const FOR_AGAINST = ['for', 'against'];

/* What the definition says about each question, item by item: a list of words for every question of the item.
   A word is a TEXT, or {key} for a message of ours. */
const wordsOf = {
	'list-ratification': (item) => [{options: FOR_AGAINST.map((key) => ({label: {key}}))}],
	'list-candidates': (item) => [{options: left(item, item.candidates).map(person)}],
	'priorities': (item) => [{options: item.commitments.map(thing)}],
	'list-choice': (item) => [{
		lists: item.lists.map((list) => ({
			title: list.title, text: list.text, options: left(item, list.candidates).map(person),
		})),
	}],
	'programme': (item) => item.sections.flatMap((section, i) => section.commitments.map((c) => ({
		section: i, title: c.title, text: c.text,
		options: FOR_AGAINST.map((key) => ({label: {key}})),
	}))),
	'text': (item) => [
		...item.titles.flatMap((title, i) => title.articles.map((a) => ({
			section: i, title: a.title, paragraphs: a.paragraphs,
			options: FOR_AGAINST.map((key) => ({label: {key}})),
		}))),
		{title: {key: 'vote.whole-text'}, options: FOR_AGAINST.map((key) => ({label: {key}}))},
	],
	'grades': (item) => left(item, item.candidates ?? item.commitments).map((entry) => ({
		...(entry.name === undefined ? thing(entry) : person(entry)),
		title: entry.title ?? entry.name,
		options: item.grades.map((grade) => ({label: grade.title})),
	})),
};

function left(item, entries) {
	return entries.filter((e) => !(item.rules?.withdrawn ?? []).includes(e.id));
}

function person(c) {
	return {label: c.name, text: c.presentation, initials: initials(c.name)};
}

function thing(c) {
	return {label: c.title, text: c.text};
}

/** initials: "Bastien Delacroix-Montferrand" is BM: the first letters of the first and the last word. */
export function initials(name) {
	const words = name.split(/[\s\-’']+/u).filter((w) => w !== '');
	const letters = words.length > 1 ? [words[0], words.at(-1)] : words;

	return letters.map((w) => [...w][0].toLocaleUpperCase('fr')).join('');
}

/* ask: what question `number` asks, in these words. */
function ask(question, number, words) {
	const lists = question.kind === 'lists';
	const bare = lists
		? {lists: question.lists.map(([title, ...names]) => ({
			title, options: names.map((label) => ({label})),
		}))}
		: {options: question.answers.map((label) => ({label}))};

	return {
		number,
		title: null,
		...bare,
		...words,
		kind: lists ? 'lists' : question.max === 1 ? 'one' : 'some',
		min: lists ? 1 : question.min,
		max: lists ? null : question.max,
		blank: !lists && question.blank,
	};
}

function sectionsOf(item, asks) {
	const named = item.sections ?? item.titles;

	if (named === undefined) {
		return [{title: null, text: null, asks}];
	}
	const sections = named.map((s, i) => ({
		title: s.title, text: s.text ?? null, asks: asks.filter((a) => a.section === i),
	}));
	const rest = asks.filter((a) => a.section === undefined); // the whole of a text

	return rest.length > 0 ? [...sections, {title: null, text: null, asks: rest}] : sections;
}

/**
 * makePaper: election of core/election.js; definition as JSON, compared with the election, or null.
 * Returns {title, description, pages, asks}. A page is what is asked at once: {title, text, kind, proposed, sections:
 * [{title, text, asks}]}; an ask is one question: {number, title|null, text?, paragraphs?, initials?, kind:
 * 'one'|'some'|'lists', options: [{label, text?, initials?}] or lists: [{title, text?, options}], min, max, blank}.
 */
export function makePaper(election, definition) {
	const asks = [];
	const pages = [];

	if (definition === null) {
		election.questions.forEach((q, i) => {
			asks.push(ask(q, i, {}));
			pages.push({
				title: q.title, text: null, kind: null, proposed: [],
				sections: [{title: null, text: null, asks: [asks[i]]}],
			});
		});
		return {title: election.name, description: election.description, pages, asks};
	}
	for (const item of definition.items) {
		const own = wordsOf[item.kind](item)
			.map((words, i) => ask(election.questions[asks.length + i], asks.length + i, words));

		asks.push(...own);
		pages.push({
			title: item.title, text: item.text ?? null, kind: item.kind,
			proposed: (item.list ?? []).map(person), sections: sectionsOf(item, own),
		});
	}
	return {title: definition.title, description: definition.description, pages, asks};
}

/* --- answers: undefined (nothing said yet), {abstain: true}, {blank: true}, {picks: [i…]}, and for rival lists
   {list: n, picks: [i…]} --- */

/** mayAbstain: nothing chosen is an answer. */
export function mayAbstain(ask) {
	return ask.kind !== 'lists' && ask.min === 0;
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
		return mayAbstain(ask) ? null : {key: 'vote.fault.needed', values: {}};
	}
	const n = answer.picks.length;

	if (ask.kind === 'lists') {
		return n === 0 ? {key: 'vote.fault.name', values: {}} : null;
	}
	if (n < ask.min) {
		return {key: 'vote.fault.few', values: {n: ask.min - n}};
	}
	return n > ask.max ? {key: 'vote.fault.many', values: {n: n - ask.max}} : null;
}

/** marksOf: 0 or 1 for every ciphertext of the answer, in their order: blank first, a list before its names. */
export function marksOf(ask, answer) {
	const picks = new Set(answer?.picks ?? []);
	const bit = (yes) => (yes ? 1 : 0);

	if (ask.kind === 'lists') {
		return ask.lists.flatMap((list, i) => [
			bit(answer?.list === i),
			...list.options.map((_, j) => bit(answer?.list === i && picks.has(j))),
		]);
	}
	return [
		...(ask.blank ? [bit(answer?.blank === true)] : []),
		...ask.options.map((_, i) => bit(picks.has(i))),
	];
}
