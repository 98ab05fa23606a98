// SPDX-License-Identifier: EUPL-1.2
// The results: decisions in words first, then the numbers that they come from, then who signed, and how to compute all of it
// again. What the board says is held against what the election seals and the log has signed.

import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { BoardError, home, openElection, outcomeFile, statusOf, uuidOfPage } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { begin, moment, number, onLanguage, share, t } from "../ui/i18n.js";
import { readJournal } from "../ui/journal.js";
import { sentence } from "../ui/sentence.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { say, worded } from "../ui/words.js";
import { howTo } from "../observe/howto.js";
import { outcomeOf } from "../result/items.js";

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

/* The officials whose signatures under the certification verify. */
function certified(journal, uuid) {
	const order = journal?.entries.filter((e) => e.kind === "certify" && e.election === uuid).at(-1);

	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("result.certified")),
		order === undefined
			? el("p", {}, t("result.not-certified"))
			: [
					el("p", {}, t("result.certified-by", { names: order.signers.join(", "), when: moment(new Date(order.at)) })),
					el(
						"dl",
						{ class: "facts" },
						el("dt", {}, t("result.minutes-hash")),
						el("dd", {}, el("code", {}, order.args.minutes)),
					),
				],
	);
}

function files(uuid) {
	const link = (name, key) =>
		el("li", {}, el("a", { href: new URL(`bb/${uuid}/${name}`, home).href, download: `${uuid}.${name}` }, t(key)));

	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("result.files")),
		el(
			"ul",
			{},
			link("outcome.json", "result.file-json"),
			link("outcome.csv", "result.file-csv"),
			link("election.bel", "result.file-archive"),
		),
	);
}

function page({ outcome, journal, election, log }) {
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
			outcome.items.map(outcomeOf),
			certified(journal, election.uuid),
			files(election.uuid),
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

async function start() {
	waiting(t("page.loading"));
	try {
		const uuid = uuidOfPage();

		if (!isUuid(uuid)) {
			throw new BoardError("missing");
		}
		const [status, opened] = await Promise.all([statusOf(uuid), openElection(uuid)]);
		const definition = opened.definition === null ? null : await readDefinition(opened.definition, opened.election);

		if (status.stage === "done" && definition !== null) {
			const [outcome, journal] = await Promise.all([outcomeFile(opened.election), readJournal()]);

			shown.make = () => page({ outcome, journal, ...opened });
		} else {
			shown.make = () => notYet(uuid, definition?.title ?? opened.election.name);
		}
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
