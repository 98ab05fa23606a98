// SPDX-License-Identifier: EUPL-1.2
// Step 2: what is asked, one item of the vote at a time. Every answer is taken when it is given, so that going
// back and forth loses nothing.

import { el } from "../ui/dom.js";
import { number, t } from "../ui/i18n.js";
import { paragraphs, say, worded } from "../ui/words.js";
import { faultOf, isOpen, mayAbstain } from "./paper.js";

/* count: how many questions have no answer yet, or one that cannot be cast. */
function count(vote) {
	return vote.paper.asks.filter((a) => {
		const answer = vote.answers[a.number];

		return isOpen(answer) || faultOf(a, answer) !== null;
	}).length;
}

function face(initials) {
	return initials ? el("span", { class: "face", "aria-hidden": "true" }, initials) : null;
}

/* option: one thing to choose, the whole of it to be clicked. */
function option(input, words, about) {
	return el("label", { class: "option" }, input, face(about?.initials), el("span", {}, worded("span", {}, words)));
}

/* What is known about those to choose from, to unfold. */
function presentations(options) {
	const told = options.filter((o) => o.text);

	return told.length === 0
		? null
		: el(
				"details",
				{},
				el("summary", {}, t("vote.presentations")),
				told.map((o) => [worded("h4", {}, o.label), paragraphs(o.text)]),
			);
}

/* instruction: how many may be chosen, in words. */
function instruction(ask) {
	if (ask.kind === "lists") {
		return t("vote.choose-list");
	}
	if (ask.kind === "one") {
		return null;
	}
	if (ask.min === ask.max) {
		return t("vote.choose-exactly", { n: ask.max });
	}
	return ask.min === 0
		? t("vote.choose-up-to", { n: ask.max })
		: t("vote.choose-between", { min: ask.min, max: ask.max });
}

/* The live sentence under a question with several names: how many are chosen. */
function status(ask, answer) {
	const n = answer?.picks?.length ?? 0;
	const fault = isOpen(answer) ? null : faultOf(ask, answer);

	if (fault !== null) {
		return t(fault.key, fault.values);
	}
	return ask.kind === "lists" ? t("vote.chosen-names", { n }) : t("vote.chosen", { n, max: ask.max });
}

/*
 * A question as a group of fields. `changed` is called with every new answer; the group keeps itself up to
 * date, without being made again, so that the focus stays where it is.
 */
function one(ask, answer, changed, name) {
	const radio = (value, checked, words, about) =>
		option(el("input", { type: "radio", name, checked, onchange: () => changed(value) }), words, about);

	return el(
		"div",
		{ class: ask.options.length <= 4 && !ask.options.some((o) => o.initials) ? "options row" : "options" },
		ask.options.map((o, i) => radio({ picks: [i] }, answer?.picks?.[0] === i, o.label, o)),
		ask.blank && radio({ blank: true }, answer?.blank === true, { key: "vote.blank" }),
		mayAbstain(ask) && radio({ abstain: true }, answer?.abstain === true, { key: "vote.abstain" }),
	);
}

function some(ask, answer, changed, name) {
	const place = el("div", { class: "options" });
	const state = el("p", { class: "hint", role: "status" }, status(ask, answer));
	const boxes = ask.options.map((o, i) => ({
		i,
		input: el("input", { type: "checkbox", name, checked: answer?.picks?.includes(i) }),
		o,
	}));
	const special = [
		ask.blank && { value: { blank: true }, key: "vote.blank", on: answer?.blank },
		mayAbstain(ask) && { value: { abstain: true }, key: "vote.abstain", on: answer?.abstain },
	]
		.filter(Boolean)
		.map((s) => ({ ...s, input: el("input", { type: "checkbox", name, checked: s.on }) }));
	const tell = (value) => {
		changed(value);
		state.textContent = status(ask, value);
	};

	for (const { input } of boxes) {
		input.addEventListener("change", () => {
			special.forEach((s) => {
				s.input.checked = false;
			});
			tell({ picks: boxes.filter((b) => b.input.checked).map((b) => b.i) });
		});
	}
	for (const s of special) {
		s.input.addEventListener("change", () => {
			for (const other of [...boxes, ...special]) {
				other.input.checked = other === s && s.input.checked;
			}
			tell(s.input.checked ? s.value : { picks: [] });
		});
	}
	place.append(
		...boxes.map((b) => option(b.input, b.o.label, b.o)),
		...special.map((s) => option(s.input, { key: s.key })),
	);
	return el("div", {}, state, place);
}

/* The names of one of the rival lists, as boxes; `taken` is called with those that are chosen. */
function namesOf(list, picks, name, taken) {
	const boxes = list.options.map((o, i) => ({
		i,
		o,
		input: el("input", { type: "checkbox", name: `${name}-names`, checked: picks.includes(i) }),
	}));
	const tell = () => taken(boxes.filter((b) => b.input.checked).map((b) => b.i));
	const all = () => {
		boxes.forEach(({ input }) => {
			input.checked = true;
		});
		tell();
	};

	boxes.forEach(({ input }) => input.addEventListener("change", tell));
	return el(
		"fieldset",
		{},
		el("legend", {}, t("vote.names-of", { list: say(list.title) })),
		el("button", { type: "button", class: "quiet", onclick: all }, t("vote.all-names")),
		el(
			"div",
			{ class: "options" },
			boxes.map((b) => option(b.input, b.o.label, b.o)),
		),
	);
}

function rivals(ask, answer, changed, name) {
	const state = el("p", { class: "hint", role: "status" }, status(ask, answer));
	const names = el("div", {});
	const tell = (value) => {
		changed(value);
		state.textContent = status(ask, value);
	};
	const open = (list, picks) =>
		names.replaceChildren(namesOf(ask.lists[list], picks, name, (taken) => tell({ list, picks: taken })));
	const choose = (list) => {
		open(list, []);
		tell({ list, picks: [] });
	};

	if (answer?.list !== undefined) {
		open(answer.list, answer.picks);
	}
	const radio = (i) => el("input", { type: "radio", name, checked: answer?.list === i, onchange: () => choose(i) });

	return el(
		"div",
		{},
		el(
			"div",
			{ class: "options" },
			ask.lists.map((l, i) => option(radio(i), l.title)),
		),
		state,
		names,
	);
}

const fields = { one, some, lists: rivals };

/* asked: a question with its title, its text to unfold, and its fault when it has one. */
function asked(vote, ask, tell, titled) {
	const id = `q${ask.number}`;
	const hint = instruction(ask);
	const options = ask.kind === "lists" ? ask.lists.flatMap((l) => l.options) : ask.options;
	const fault = vote.shown.has(ask.number) ? faultOf(ask, vote.answers[ask.number]) : null;
	const told = paragraphs(ask.text);

	return el(
		"fieldset",
		{
			id,
			tabindex: "-1",
			"aria-describedby": fault !== null ? `${id}-fault` : hint !== null ? `${id}-hint` : undefined,
		},
		el(
			"legend",
			{ class: titled ? undefined : "unseen" },
			el("span", { class: "person" }, face(ask.initials), worded("span", {}, ask.title ?? vote.page.title)),
		),
		told.length > 0 && el("details", {}, el("summary", {}, t("vote.full-text")), told),
		hint !== null && el("p", { class: "hint", id: `${id}-hint` }, hint),
		fault !== null && el("p", { class: "fault", id: `${id}-fault` }, t(fault.key, fault.values)),
		fields[ask.kind](ask, vote.answers[ask.number], (answer) => tell(ask, answer), id),
		presentations(options),
	);
}

function proposed(page) {
	return page.proposed.length === 0
		? null
		: el(
				"section",
				{ class: "card" },
				el("h2", {}, t("vote.proposed-list")),
				el(
					"ol",
					{ class: "people" },
					page.proposed.map((p, i) =>
						el(
							"li",
							{},
							el("span", { class: "rank" }, number(i + 1)),
							face(p.initials),
							el(
								"div",
								{},
								worded("span", {}, p.label),
								p.text && el("details", {}, el("summary", {}, t("vote.who")), paragraphs(p.text)),
							),
						),
					),
				),
			);
}

/* summary: the faults of this page as links to where they are. */
function summary(page, vote) {
	const faults = page.sections
		.flatMap((s) => s.asks)
		.filter((a) => vote.shown.has(a.number))
		.map((a) => ({ a, fault: faultOf(a, vote.answers[a.number]) }))
		.filter(({ fault }) => fault !== null);

	return faults.length === 0
		? null
		: el(
				"div",
				{ class: "notice bad", role: "alert", tabindex: "-1", id: "faults" },
				el("h2", {}, t("vote.faults", { n: faults.length })),
				el(
					"ul",
					{},
					faults.map(({ a, fault }) =>
						el(
							"li",
							{},
							el(
								"a",
								{
									href: `#q${a.number}`,
									onclick: (event) => {
										event.preventDefault();
										document.getElementById(`q${a.number}`).focus();
									},
								},
								t("vote.fault-of", { title: say(a.title ?? page.title), fault: t(fault.key, fault.values) }),
							),
						),
					),
				),
			);
}

/**
 * The step. vote.at is the number of the page; `next` leads on, page by page and then to the review, `back` the
 * other way. Going on is refused while an answer of the page cannot be cast; nothing said is an abstention where
 * that is possible, and the review says so.
 */
export function choices(vote, { next, back, again }) {
	const page = vote.paper.pages[vote.at];
	const open = el("p", { role: "status" });
	const tell = (ask, answer) => {
		vote.answers[ask.number] = answer;
		vote.touched = true;
		refresh();
	};
	const refresh = () => {
		open.textContent = count(vote) === 0 ? t("vote.all-answered") : t("vote.open", { n: count(vote) });
	};
	const asks = page.sections.flatMap((s) => s.asks);
	const on = () => {
		if (asks.some((a) => faultOf(a, vote.answers[a.number]) !== null)) {
			asks.forEach((a) => vote.shown.add(a.number));
			again("faults");
		} else {
			asks.forEach((a) => vote.shown.delete(a.number));
			next();
		}
	};

	vote.page = page;
	refresh();
	return {
		title: page.title,
		body: [
			summary(page, vote),
			el("div", { class: "lead" }, paragraphs(page.text)),
			proposed(page),
			page.sections.map((s) =>
				el(
					"section",
					{},
					s.title !== null && worded("h2", {}, s.title),
					paragraphs(s.text),
					s.asks.map((a) => el("div", { class: "card" }, asked(vote, a, tell, asks.length > 1))),
				),
			),
			el(
				"div",
				{ class: "tally-bar" },
				open,
				el(
					"div",
					{ class: "actions" },
					el("button", { type: "button", onclick: back }, t("vote.back")),
					el(
						"button",
						{ type: "button", class: "main", onclick: on },
						t(vote.at + 1 < vote.paper.pages.length ? "vote.next" : "vote.to-review"),
					),
				),
			),
		],
	};
}
