// SPDX-License-Identifier: EUPL-1.2
// The observer's view of one election: what the log has signed, what was added since the page was opened, where a ballot
// stands, and how to verify everything with a program that is not ours to serve. Each new checkpoint must continue the last one.

import "../ui/more.js";
import { hex, textOf, unbase64Bare } from "../core/bytes.js";
import { isUuid } from "../core/election.js";
import { readEvent } from "../core/event.js";
import { readReceipt, verifyReceipt } from "../core/receipt.js";
import { Refusal } from "../core/refusal.js";
import { leafHash, verifyInclusion } from "../core/tlog.js";
import { readDefinition } from "../core/definition.js";
import {
	BoardError,
	continues,
	entries,
	home,
	inclusion,
	openElection,
	openLog,
	receiptOf,
	statusOf,
	uuidOfPage,
} from "../ui/board.js";
import { announce, byId, el, show } from "../ui/dom.js";
import { begin, moment, number, onLanguage, t } from "../ui/i18n.js";
import { readJournal } from "../ui/journal.js";
import { sentence } from "../ui/sentence.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { grouped } from "../ui/words.js";
import { stageOf, stageState } from "../ui/stage.js";
import { entryLine } from "../observe/entries.js";
import { howTo } from "../observe/howto.js";

const EVERY = 15_000; // milliseconds between two looks
const LAST = 8; // events that are shown
const BUNDLE = 256;
const TRACKER = /^[A-Za-z0-9+/]{43}$/;

const seen = { uuid: "", tracker: "", found: null, alarm: null };

/* last: the newest events, each proved to stand in the signed tree, newest first. */
async function last(log) {
	const list = [];
	const bundles = new Map();

	for (let i = log.size - 1; i >= Math.max(0, log.size - LAST); i--) {
		const of = Math.floor(i / BUNDLE);

		if (!bundles.has(of)) {
			bundles.set(of, await entries(log, of));
		}
		const bytes = bundles.get(of)[i % BUNDLE];

		await verifyInclusion({
			leaf: await leafHash(bytes),
			index: i,
			size: log.size,
			proof: await inclusion(log, i),
			root: log.root,
		});
		list.push({ height: i, type: readEvent(bytes).type });
	}
	return list;
}

/* goesOn: a log {size, root}, or null, that was seen before must be continued by what is shown now. */
async function goesOn(name, before, now) {
	if (before === undefined || before === null) {
		return;
	}
	if (now === null || now.size < before.size) {
		throw new Refusal("log.consistency", { from: String(before.size), to: String(now?.size ?? 0) });
	}
	await continues(name, before, now);
}

/* look takes what the board shows now; it must continue what was seen before. */
async function look() {
	const log = await openLog(seen.uuid);

	await goesOn(seen.uuid, seen.log, log);
	if (seen.log?.size !== log.size) {
		seen.events = await last(log);
	}
	seen.log = log;
	seen.status = await statusOf(seen.uuid);
	const journal = await readJournal();

	await goesOn("journal", seen.journal?.log, journal?.log ?? null);
	seen.journal = journal;
	seen.at = new Date();
}

function figures() {
	const { status, log } = seen;

	return el(
		"ul",
		{ class: "figures" },
		el("li", {}, el("strong", { id: "ballots" }, number(status.ballots)), t("observe.ballots", { n: status.ballots })),
		el("li", {}, el("strong", {}, number(log.size)), t("observe.size")),
		el(
			"li",
			{},
			el("span", { class: `state ${stageState(status)}` }, t(`stage.${stageOf(status)}`)),
			status.closes && el("p", {}, t("vote.closes"), " ", moment(new Date(status.closes))),
		),
	);
}

function signed() {
	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("observe.checkpoint")),
		el("p", {}, t("observe.checkpoint-what")),
		el("pre", { tabindex: "0" }, el("code", {}, textOf(seen.log.note))),
		el("p", { class: "soft" }, t("observe.looked", { when: moment(seen.at), seconds: EVERY / 1000 })),
	);
}

function events() {
	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("observe.events")),
		el(
			"div",
			{ class: "scroll", tabindex: "0", role: "region", "aria-label": t("observe.events") },
			el(
				"table",
				{},
				el(
					"thead",
					{},
					el(
						"tr",
						{},
						el("th", { scope: "col", class: "number" }, t("vote.place")),
						el("th", { scope: "col" }, t("observe.event")),
					),
				),
				el(
					"tbody",
					{},
					seen.events.map((e) =>
						el("tr", {}, el("td", { class: "number" }, number(e.height)), el("td", {}, t(`event.${e.type}`))),
					),
				),
			),
		),
	);
}

function journal() {
	const own = (seen.journal?.entries ?? []).filter((e) => e.election === seen.uuid || e.election === null);

	return seen.journal === null
		? null
		: el(
				"section",
				{ class: "card" },
				el("h2", {}, t("observe.journal")),
				el("p", {}, t("observe.journal-what", { name: seen.journal.name })),
				el("ol", { class: "plain" }, own.map(entryLine)),
			);
}

/* --- search --- */

async function search(tracker) {
	seen.tracker = tracker.replace(/\s/gu, "");
	if (!TRACKER.test(seen.tracker)) {
		seen.found = { fault: t("observe.tracker-form") };
		return;
	}
	try {
		const receipt = readReceipt(await receiptOf(seen.uuid, hex(unbase64Bare(seen.tracker))));

		if (receipt.tracker !== seen.tracker) {
			throw new Refusal("receipt.tracker");
		}
		const { checkpoint } = await verifyReceipt(receipt, seen.uuid, seen.log.key);

		await continues(seen.uuid, seen.log, checkpoint);
		seen.found = { receipt };
	} catch (error) {
		seen.found =
			error instanceof BoardError && error.kind === "missing" ? { missing: true } : { fault: sentence(error) };
	}
}

function found() {
	const { found: f } = seen;

	if (f === null || f.fault !== undefined) {
		return null;
	}
	return f.missing
		? el("div", { class: "notice warn" }, el("p", {}, t("observe.missing")))
		: el(
				"div",
				{ class: "notice good" },
				el("p", {}, t("observe.found", { place: f.receipt.height })),
				el("p", {}, t("receipt.replaced")),
			);
}

function searching() {
	const fault = seen.found?.fault;
	const input = el("input", {
		type: "search",
		id: "tracker",
		class: "code",
		value: seen.tracker,
		autocomplete: "off",
		spellcheck: "false",
		"aria-describedby": fault ? "tracker-fault tracker-hint" : "tracker-hint",
		"aria-invalid": fault ? "true" : undefined,
	});
	const submit = async (event) => {
		event.preventDefault();
		await search(input.value);
		page();
		byId(seen.found.fault ? "tracker" : "found").focus();
	};

	return el(
		"form",
		{ class: "card", onsubmit: submit, novalidate: true, role: "search" },
		el("h2", {}, t("observe.search")),
		el("label", { for: "tracker" }, t("vote.tracker")),
		el("p", { class: "hint", id: "tracker-hint" }, t("observe.search-hint")),
		fault && el("p", { class: "fault", id: "tracker-fault" }, fault),
		input,
		el("div", { class: "actions" }, el("button", { type: "submit", class: "main" }, t("observe.search-do"))),
		el("div", { id: "found", tabindex: "-1" }, found()),
	);
}

/* --- the page --- */

function body() {
	const stage = stageOf(seen.status);

	return [
		seen.alarm &&
			el(
				"div",
				{ class: "notice bad", role: "alert" },
				el("h2", {}, t("observe.alarm")),
				el("p", {}, seen.alarm),
				el("p", {}, t("observe.alarm-more")),
			),
		el("div", { id: "trouble" }),
		el("div", { id: "figures" }, figures()),
		el(
			"div",
			{ class: "actions" },
			stage === "open" && el("a", { class: "button", href: new URL(`vote/${seen.uuid}`, home).href }, t("index.vote")),
			["released", "certified"].includes(stage) &&
				el("a", { class: "button main", href: new URL(`result/${seen.uuid}`, home).href }, t("vote.to-result")),
		),
		searching(),
		el("div", { id: "signed" }, signed()),
		el("div", { id: "events" }, events()),
		el("div", { id: "journal" }, journal()),
		howTo(seen.uuid, seen.log.key),
		el(
			"details",
			{ class: "card" },
			el("summary", {}, t("observe.sealed")),
			el(
				"dl",
				{ class: "facts" },
				el("dt", {}, t("receipt.election")),
				el("dd", {}, seen.uuid),
				el("dt", {}, t("observe.fingerprint")),
				el("dd", {}, grouped(seen.election.fingerprint)),
				seen.election.definitionHash !== null && [
					el("dt", {}, t("observe.definition")),
					el("dd", {}, grouped(seen.election.definitionHash)),
				],
				el("dt", {}, t("observe.group")),
				el("dd", {}, seen.election.groupName),
			),
		),
	];
}

function page() {
	screen({ title: seen.title, body: body() });
}

/* again: only what changes is made anew, so that whoever reads or types is not disturbed. */
function again() {
	const before = byId("ballots").textContent;

	show(byId("figures"), figures());
	show(byId("signed"), signed());
	show(byId("events"), events());
	show(byId("journal"), journal());
	if (byId("ballots").textContent !== before) {
		announce(`${byId("ballots").textContent} ${t("observe.ballots", { n: seen.status.ballots })}`);
	}
}

/* told: that the last look showed nothing that can be believed, or again does. */
function told(trouble) {
	show(byId("trouble"), trouble !== null && el("div", { class: "notice warn", role: "status" }, el("p", {}, trouble)));
}

async function follow() {
	try {
		await look();
		again();
		told(null);
	} catch (error) {
		if (error instanceof Refusal && error.code === "log.consistency") {
			seen.alarm = sentence(error);
			page();
			return; // what was signed contradicts itself: more looks would show nothing
		}
		told(sentence(error)); // somebody on the way may have spoilt it: the next look says
	}
	setTimeout(follow, EVERY);
}

async function start() {
	waiting(t("page.loading"));
	try {
		seen.uuid = uuidOfPage();
		if (!isUuid(seen.uuid)) {
			throw new BoardError("missing");
		}
		const { election, definition } = await openElection(seen.uuid);

		seen.election = election;
		seen.title = definition === null ? election.name : (await readDefinition(definition, election)).title;
		await look();
		const tracker = new URLSearchParams(location.hash.slice(1)).get("tracker");

		if (tracker !== null) {
			await search(tracker);
		}
	} catch (error) {
		trouble(sentence(error), el("button", { type: "button", class: "main", onclick: () => start() }, t("page.retry")));
		return;
	}
	page();
	setTimeout(follow, EVERY);
}

onLanguage(() => {
	if (seen.log !== undefined) {
		page();
	}
});
begin();
start();
