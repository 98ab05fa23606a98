// SPDX-License-Identifier: EUPL-1.2
// An opened ballot is encrypted again and compared, best on another device than the one that made it. The answers are
// shown in the words of the vote definition.

import "../ui/more.js";
import { textOf } from "../core/bytes.js";
import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { readJson } from "../core/json.js";
import { checkOpened } from "../core/audit.js";
import { Refusal } from "../core/refusal.js";
import { openElection } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { bytesOf, fileField } from "../ui/files.js";
import { begin, onLanguage, t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { screen, waiting } from "../ui/steps.js";
import { grouped, say, worded } from "../ui/words.js";
import { answerOf, makePaper } from "../vote/paper.js";
import { inWords } from "../vote/review.js";

const MAX_OPENED = 64_000_000;
const shown = { make: () => ask(), field: null };

function show(make) {
	shown.field?.stop();
	shown.field = null;
	shown.make = make;
	make();
}

function ask(fault) {
	shown.field?.stop();
	shown.field = fileField({
		label: t("audit.file"),
		hint: t("audit.file-hint"),
		max: MAX_OPENED,
		given: (file) => check(file),
		tooLarge: () => ask("audit.too-large"),
	});
	screen({
		title: t("audit.title"),
		body: [
			el("p", { class: "lead" }, t("audit.lead")),
			fault && el("div", { class: "notice bad", role: "alert" }, el("p", {}, t(fault))),
			shown.field.body,
		],
	});
}

function again() {
	return el(
		"div",
		{ class: "actions" },
		el("button", { type: "button", onclick: () => show(() => ask()) }, t("audit.another")),
	);
}

function refused(error) {
	screen({
		title: t("audit.title"),
		body: [el("div", { class: "notice bad", role: "alert" }, el("p", {}, sentence(error))), again()],
	});
}

/* The differences count from 0, people from 1. */
function difference({ what, question, choice, other }) {
	const up = (n) => (n === undefined ? 0 : n + 1);

	return t(`audit.difference.${what}`, { question: up(question), choice: up(choice), other: up(other) });
}

function verdict(paper, { fingerprint, choices, differences }) {
	const wrong = differences.length > 0;

	screen({
		title: t("audit.title"),
		body: [
			el(
				"div",
				{ class: wrong ? "notice bad" : "notice good", role: wrong ? "alert" : undefined },
				el("h2", {}, t(wrong ? "audit.bad" : "audit.good")),
				wrong &&
					el(
						"ul",
						{},
						differences.map((d) => el("li", {}, difference(d))),
					),
				el("p", {}, t(wrong ? "audit.bad-more" : "audit.good-more")),
			),
			el("div", { class: "card" }, el("h2", {}, t("vote.fingerprint")), el("p", {}, grouped(fingerprint))),
			el(
				"section",
				{ class: "card" },
				el("h2", {}, t("audit.answers")),
				paper.pages.map((page) => [
					worded("h3", {}, page.title),
					el(
						"dl",
						{ class: "facts" },
						page.sections
							.flatMap((s) => s.asks)
							.map((a) => [
								el("dt", {}, a.title === null ? t("vote.answer") : say(a.title)),
								el("dd", {}, inWords(a, answerOf(a, choices[a.number]))),
							]),
					),
				]),
			),
			again(),
		],
	});
}

async function check(file) {
	const bar = waiting(t("audit.checking"));

	try {
		const text = textOf(await bytesOf(file));
		const uuid = readJson(text)?.ballot?.election_uuid;

		if (typeof uuid !== "string" || !isUuid(uuid)) {
			throw new Refusal("opened.form");
		}
		const { election, definition } = await openElection(uuid);
		const paper = makePaper(election, definition === null ? null : await readDefinition(definition, election));
		const found = await checkOpened(election, text, {
			onProgress: (done, total) => {
				bar.max = total;
				bar.value = done;
				return new Promise((resolve) => {
					setTimeout(resolve, 0);
				});
			},
		});

		show(() => verdict(paper, found));
	} catch (error) {
		show(() => refused(error));
	}
}

onLanguage(() => shown.make());
begin();
show(() => ask());
