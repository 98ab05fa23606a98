// SPDX-License-Identifier: EUPL-1.2
// The results: decisions in words first, then the numbers that they come from, then who signed, and how to compute all of it
// again. What the board says is held against what the election seals and the log has signed.

import "../ui/more.js";
import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { BoardError, home, openElection, outcomeFile, statusOf, uuidOfPage } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { begin, number, onLanguage, share, t } from "../ui/i18n.js";
import { readJournal } from "../ui/journal.js";
import { sentence } from "../ui/sentence.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { say, worded } from "../ui/words.js";
import { howTo } from "../observe/howto.js";
import { bareOf, readResult } from "../result/bare.js";
import { outcomeOf } from "../result/items.js";
import { minutesOf, readMinutes } from "../result/minutes.js";
import { checkTurnout } from "../result/turnout.js";
import { makePaper } from "../vote/paper.js";

const shown = { make: () => {} };

function turnout({ members, roll, voters, votes }) {
	return el(
		"ul",
		{ class: "figures" },
		el("li", {}, el("strong", {}, number(voters)), t("result.voters", { n: voters })),
		el("li", {}, el("strong", {}, number(members)), t("result.members", { n: members })),
		el("li", {}, el("strong", {}, share(votes, roll)), t("result.turnout")),
	);
}

function files(uuid, hasOutcome) {
	const link = (name, key) =>
		el("li", {}, el("a", { href: new URL(`bb/${uuid}/${name}`, home).href, download: `${uuid}.${name}` }, t(key)));

	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("result.files")),
		el(
			"ul",
			{},
			hasOutcome && [link("outcome.json", "result.file-json"), link("outcome.csv", "result.file-csv")],
			link("election.bel", "result.file-archive"),
		),
	);
}

function page({ outcome, definition, minutes, election, log }) {
	screen({
		title: outcome.title,
		body: [
			el("p", { class: "eyebrow" }, t("result.title")),
			!outcome.complete && el("div", { class: "notice warn" }, el("p", {}, t("result.incomplete"))),
			turnout(outcome.turnout),
			outcome.items.length > 1 &&
				el(
					"nav",
					{ "aria-label": t("result.contents") },
					el(
						"ul",
						{},
						outcome.items.map((i) =>
							el("li", {}, el("a", { href: `#item-${i.id}` }, say(i.title)), worded("p", { class: "soft" }, i.summary)),
						),
					),
				),
			outcome.items.map((i) => outcomeOf(i, definition.items.find(({ id }) => id === i.id))),
			minutesOf(election.uuid, definition, minutes),
			files(election.uuid, true),
			howTo(election.uuid, log.key),
		],
	});
}

/* Without a definition there are numbers, and nothing is decided by rules. */
function barePage({ counts, election, log }) {
	screen({
		title: election.name,
		body: [
			el("p", { class: "eyebrow" }, t("result.title")),
			bareOf(makePaper(election, null), counts),
			files(election.uuid, false),
			howTo(election.uuid, log.key),
		],
	});
}

/* Before the release there is nothing to show, and somewhere to go. */
function notYet(uuid, title) {
	screen({
		title,
		body: [
			el("div", { class: "notice" }, el("p", {}, t("result.not-yet"))),
			el("p", {}, el("a", { href: new URL(`observe/${uuid}`, home).href }, t("vote.to-observe"))),
		],
	});
}

/* made: how the screen of an election is made, in whatever language. */
async function made(uuid) {
	const [status, opened] = await Promise.all([statusOf(uuid), openElection(uuid)]);
	const { election } = opened;
	const definition = opened.definition === null ? null : await readDefinition(opened.definition, election);

	if (status.stage !== "done") {
		return () => notYet(uuid, definition?.title ?? election.name);
	}
	if (definition === null) {
		const counts = await readResult(opened);

		return () => barePage({ ...opened, counts });
	}
	const [outcome, journal] = await Promise.all([outcomeFile(election), readJournal()]);

	await checkTurnout(opened, outcome.turnout);
	const order = journal?.entries.filter((e) => e.kind === "certify" && e.election === uuid).at(-1);
	const minutes = await readMinutes(uuid, definition, order);

	return () => page({ ...opened, outcome, definition, minutes });
}

async function start() {
	waiting(t("page.loading"));
	try {
		const uuid = uuidOfPage();

		if (!isUuid(uuid)) {
			throw new BoardError("missing");
		}
		shown.make = await made(uuid);
		shown.make();
	} catch (error) {
		shown.make = () =>
			trouble(
				sentence(error),
				el("button", { type: "button", class: "main", onclick: () => start() }, t("page.retry")),
			);
		shown.make();
	}
}

onLanguage(() => shown.make());
begin();
start();
