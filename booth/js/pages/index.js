// SPDX-License-Identifier: EUPL-1.2
// The first page: the votes of this board, where each stands, and the ways on.

import "../ui/more.js";
import { textOf as bytesText } from "../core/bytes.js";
import { readDefinition } from "../core/definition.js";
import { elections } from "../core/loglist.js";
import { service } from "../pinned.js";
import { get, home, openElection, statusOf } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { begin, moment, onLanguage, t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { stageOf, stageState } from "../ui/stage.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { say, worded } from "../ui/words.js";

const shown = { make: () => {} };

/* about: what is known of one vote; what cannot be fetched is told in its place. */
async function about(uuid) {
	try {
		const [status, { election, definition }] = await Promise.all([statusOf(uuid), openElection(uuid)]);
		const words = definition === null ? null : await readDefinition(definition, election);

		return { uuid, status, title: words?.title ?? election.name, organiser: words?.organiser ?? null };
	} catch (error) {
		return { uuid, error };
	}
}

function way(path, words, main) {
	return el("a", { class: main ? "button main" : "button", href: new URL(path, home).href }, words);
}

function card({ uuid, status, title, organiser, error }) {
	if (error !== undefined) {
		return el("section", { class: "card" }, el("h2", {}, t("index.unnamed", { uuid })), el("p", {}, sentence(error)));
	}
	const stage = stageOf(status);
	const about = el("span", { class: "unseen" }, ` – ${say(title)}`);
	const done = ["released", "certified"].includes(stage);

	return el(
		"section",
		{ class: "card" },
		organiser !== null && worded("p", { class: "eyebrow" }, organiser),
		worded("h2", {}, title),
		el(
			"p",
			{},
			el("span", { class: `state ${stageState(status)}` }, t(`stage.${stage}`)),
			stage === "open" && status.closes && [" ", t("vote.closes"), " ", moment(new Date(status.closes))],
		),
		el(
			"div",
			{ class: "actions" },
			stage === "open" && way(`vote/${uuid}`, [t("index.vote"), about], true),
			done && way(`result/${uuid}`, [t("index.result"), about.cloneNode(true)], true),
			way(`observe/${uuid}`, [t("index.observe"), about.cloneNode(true)]),
		),
	);
}

function page(votes) {
	screen({
		title: t("index.title"),
		body: [
			votes.length === 0 ? el("p", { class: "lead" }, t("index.none")) : votes.map(card),
			el("h2", {}, t("index.tools")),
			el(
				"ul",
				{},
				el("li", {}, el("a", { href: new URL("receipt", home).href }, t("index.receipt"))),
				el("li", {}, el("a", { href: new URL("audit", home).href }, t("index.audit"))),
			),
		],
	});
}

async function start() {
	waiting(t("page.loading"));
	try {
		const list = elections(bytesText(await get("bb/log-list.1")), service.name);
		const votes = await Promise.all(list.map(about));

		shown.make = () => page(votes);
	} catch (error) {
		shown.make = () =>
			trouble(
				sentence(error),
				el("button", { type: "button", class: "main", onclick: () => start() }, t("page.retry")),
			);
	}
	shown.make();
}

onLanguage(() => shown.make());
begin();
start();
