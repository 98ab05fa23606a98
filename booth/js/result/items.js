// SPDX-License-Identifier: EUPL-1.2
// The outcome of one item: what was decided in words, then the bars, then their table. One function for each form that
// an outcome has; the kinds of items are made of them. Spec: docs/outcome.md#fields

import { el } from "../ui/dom.js";
import { number, t } from "../ui/i18n.js";
import { say, worded } from "../ui/words.js";
import { bars, legend, table } from "./charts.js";
import { consolidated } from "./consolidated.js";

const STATE = { adopted: "good", rejected: "bad", "no-quorum": "warn", "set-aside": "warn", undrawn: "warn" };

const PARTS = [
	{ field: "for", kind: "for", key: "for" },
	{ field: "against", kind: "against", key: "against" },
	{ field: "blank", kind: "other", key: "vote.blank" },
];

function state(d) {
	return el("span", { class: `state ${STATE[d.state]}` }, t(`state.${d.state}`));
}

/* decisions of a ratification, a programme, a text. */
function decisions(item) {
	const blank = item.decisions.some((d) => d.blank > 0);
	const parts = PARTS.filter((p) => p.field !== "blank" || blank);
	const whole = Math.max(...item.decisions.map((d) => d.for + d.against + d.blank));
	const lines = item.decisions.map((d) =>
		el(
			"li",
			{},
			el(
				"div",
				{ class: "decision" },
				el("div", {}, worded("strong", {}, d.title), worded("p", {}, d.sentence)),
				state(d),
			),
		),
	);

	return [
		el("ul", { class: "decisions" }, lines),
		bars(
			t("chart.votes"),
			item.decisions.map((d) => ({
				label: say(d.title),
				needed: d.needed,
				note: t("chart.for-against", { yes: d.for, no: d.against }),
				parts: parts.map((p) => ({ value: d[p.field], kind: p.kind, name: t(p.key) })),
			})),
			whole,
			legend(
				parts.map((p) => ({ kind: p.kind, name: t(p.key) })),
				true,
			),
		),
		table(
			say(item.title),
			[t("result.decision"), t("for"), t("against"), t("vote.blank"), t("result.abstained"), t("result.needed")],
			item.decisions.map((d) => [say(d.title), d.for, d.against, d.blank, d.abstained, d.needed]),
		),
	];
}

function place(p) {
	return el(
		"li",
		{},
		el("span", { class: "rank" }, number(p.rank)),
		el("div", {}, worded("strong", {}, p.title), worded("p", { class: "soft" }, p.sentence)),
	);
}

/* places: those who are in, in order, with the reason of each; the others folded. */
function places(item, list) {
	const chosen = list.filter((p) => p.in);
	const others = list.filter((p) => !p.in);
	const counted = chosen.filter((p) => p.votes !== undefined);

	return [
		el("ol", { class: "people" }, chosen.map(place)),
		item.unfilled > 0 && el("p", {}, t("result.unfilled", { n: item.unfilled })),
		others.length > 0 &&
			el(
				"details",
				{},
				el("summary", {}, t("result.others", { n: others.length })),
				el("ol", { class: "people" }, others.map(place)),
			),
		counted.length > 0 &&
			bars(
				t("chart.votes"),
				counted.map((p) => ({
					label: say(p.title),
					note: number(p.votes),
					parts: [{ value: p.votes, kind: "", name: t("chart.votes") }],
				})),
				Math.max(...counted.map((p) => p.votes)),
				null,
			),
		table(
			say(item.title),
			[t("result.name"), t("chart.votes")],
			list.filter((p) => p.votes !== undefined).map((p) => [say(p.title), p.votes]),
		),
	];
}

function grades(item) {
	const n = item.grades.length;
	const kinds = item.grades.map((g, i) => ({
		kind: `grade g${Math.round((i * 9) / Math.max(n - 1, 1))}`,
		name: say(g.title),
	}));
	const titled = new Map(item.rows.map((r) => [r.id, r]));
	const order = item.ranking.map((p) => titled.get(p.id)).filter((r) => r !== undefined);
	const total = (r) => r.histogram.reduce((sum, v) => sum + v, 0);

	return [
		el("ol", { class: "people" }, item.ranking.filter((p) => p.in).map(place)),
		item.ranking.some((p) => !p.in) &&
			el(
				"details",
				{},
				el("summary", {}, t("result.others", { n: item.ranking.filter((p) => !p.in).length })),
				el("ol", { class: "people" }, item.ranking.filter((p) => !p.in).map(place)),
			),
		bars(
			t("chart.grades"),
			order.map((r) => ({
				label: say(r.title),
				note: say(item.grades.find((g) => g.id === r.majority_grade)?.title ?? ""),
				needed: total(r) / 2,
				parts: r.histogram.map((value, i) => ({ value, ...kinds[i] })),
			})),
			Math.max(...order.map(total)),
			legend(kinds, false),
		),
		table(
			say(item.title),
			[t("result.name"), ...item.grades.map((g) => say(g.title))],
			item.rows.map((r) => [say(r.title), ...r.histogram]),
		),
	];
}

function lists(item) {
	return [
		el(
			"ul",
			{ class: "decisions" },
			item.lists.map((l) =>
				el(
					"li",
					{},
					el(
						"div",
						{ class: "decision" },
						el("div", {}, worded("strong", {}, l.title), worded("p", {}, l.sentence)),
						item.seats > 0 && el("span", { class: "state good" }, t("result.seats", { n: l.seats })),
					),
				),
			),
		),
		bars(
			t("chart.votes"),
			item.lists.map((l) => ({
				label: say(l.title),
				note: number(l.votes),
				parts: [{ value: l.votes, kind: "", name: t("chart.votes") }],
			})),
			Math.max(...item.lists.map((l) => l.votes)),
			null,
		),
		table(
			say(item.title),
			[t("result.name"), t("chart.votes"), t("result.seats-column")],
			item.lists.map((l) => [say(l.title), l.votes, l.seats]),
		),
		item.elected.length > 0 && [
			el("h3", {}, t("result.elected")),
			places({ ...item, unfilled: item.unfilled }, item.elected),
		],
	];
}

function ratification(item) {
	return [
		decisions(item),
		item.list !== undefined && [
			el("h3", {}, t("result.list")),
			el(
				"ol",
				{ class: "people" },
				item.list.map((p) => el("li", {}, el("span", { class: "rank" }, number(p.rank)), worded("span", {}, p.title))),
			),
		],
	];
}

function text(item, sealed) {
	return [decisions(item), item.consolidated !== undefined && consolidated(item.consolidated, sealed)];
}

const kinds = {
	"list-ratification": ratification,
	programme: decisions,
	text,
	grades,
	"list-choice": lists,
	"list-candidates": (item) => places(item, item.list),
	priorities: (item) => places(item, item.ranking),
};

/** outcomeOf: a section for an item of the outcome, and the item of the definition that it is of. */
export function outcomeOf(item, sealed) {
	return el(
		"section",
		{ class: "card", id: `item-${item.id}` }, // ids of a definition are not those of the page
		worded("h2", {}, item.title),
		worded("p", { class: "lead" }, item.summary),
		item.undrawn && el("div", { class: "notice warn" }, el("p", {}, t("result.undrawn"))),
		item.quorum.required &&
			el(
				"p",
				{},
				t(item.quorum.met ? "result.quorum-met" : "result.quorum-missed", {
					value: item.quorum.value,
					needed: item.quorum.needed,
				}),
			),
		kinds[item.kind](item, sealed),
		item.withdrawn.length > 0 &&
			el("p", {}, t("result.withdrawn", { names: item.withdrawn.map((w) => say(w.title)).join(", ") })),
	);
}
