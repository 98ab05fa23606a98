// SPDX-License-Identifier: EUPL-1.2
// The booth: from the code to the receipt. One object holds the vote while the page lives; it is nowhere else, and
// leaving the page ends it. Steps are functions from it to a screen.

import { prepare, seedDraw, sign } from "../core/ballot.js";
import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { readReceipt, verifyReceipt } from "../core/receipt.js";
import { BoardError, cast as send, home, openElection, statusOf, uuidOfPage } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { begin, onLanguage, t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { choices } from "../vote/choices.js";
import { code } from "../vote/code.js";
import { encrypted, opened } from "../vote/encrypted.js";
import { makePaper, marksOf } from "../vote/paper.js";
import { receipt } from "../vote/receipt.js";
import { review } from "../vote/review.js";

const STEPS = 5;
const vote = { typed: fromLink(), answers: [], shown: new Set(), at: 0, touched: false };

/* The code may be in the fragment of the link, which no server sees; it leaves the address at once. */
function fromLink() {
	const found = new URLSearchParams(location.hash.slice(1)).get("credential");

	if (location.hash !== "") {
		history.replaceState(null, "", location.pathname);
	}
	return found ?? "";
}

/* Every step: its number, its screen, and what its buttons do. */
const steps = {
	code: {
		step: 1,
		make: code,
		ways: { next: () => go("choices"), again: (focus) => go("code", focus), sentence },
	},
	choices: {
		step: 2,
		make: choices,
		ways: {
			next: () => page(vote.at + 1),
			back: () => page(vote.at - 1),
			again: (focus) => go("choices", focus),
		},
	},
	review: {
		step: 3,
		make: review,
		ways: { next: () => encrypt(), change: (i) => page(i) },
	},
	encrypted: {
		step: 4,
		make: encrypted,
		ways: { cast: () => cast(), audit: () => go("opened"), back: () => forget("review") },
	},
	opened: { step: 4, make: opened, ways: { next: () => encrypt() } },
	receipt: { step: 5, make: receipt, ways: {} },
};

function go(name, focus) {
	const { step, make, ways } = steps[name];

	vote.step = name;
	screen(make(vote, ways), { step, steps: STEPS, focus });
}

function page(i) {
	if (i < 0) {
		go("code");
	} else if (i >= vote.paper.pages.length) {
		go("review");
	} else {
		vote.at = i;
		go("choices");
	}
}

/* forget: the ballot that was encrypted is neither cast nor opened. */
function forget(next) {
	vote.prepared = vote.seed = vote.signed = vote.sent = undefined;
	go(next);
}

/* Lets the page breathe, so that the bar moves and the browser does not think it dead. */
function breath() {
	return new Promise((resolve) => {
		setTimeout(resolve, 0);
	});
}

async function encrypt() {
	const bar = waiting(t("vote.encrypting"));
	let told = performance.now();

	vote.marks = vote.paper.asks.map((ask) => marksOf(ask, vote.answers[ask.number]));
	vote.sent = vote.signed = undefined;
	try {
		await breath();
		vote.seed = await seedDraw(vote.election, vote.marks, vote.member.secret);
		vote.prepared = await prepare(vote.election, vote.marks, vote.member.publicText, vote.seed, {
			onProgress: (done, total) => {
				bar.max = total;
				bar.value = done;
				if (performance.now() - told > 50) {
					told = performance.now();
					return breath();
				}
				return undefined;
			},
		});
	} catch (e) {
		trouble(sentence(e), el("button", { type: "button", onclick: () => go("review") }, t("vote.back")));
		return;
	}
	go("encrypted");
}

/*
 * cast signs once: a ballot that is sent again because no answer came is the same one, which the board takes once.
 * There is no success before a receipt that holds.
 */
async function cast() {
	waiting(t("vote.casting"));
	try {
		vote.signed ??= await sign(vote.election, vote.prepared, vote.member.secret);
		const bytes = await send(
			vote.election.uuid,
			vote.signed.text,
			vote.status.hints === true ? vote.signed.hints : null,
		);
		const answer = readReceipt(bytes);
		const { checkpoint } = await verifyReceipt(
			answer,
			vote.election.uuid,
			vote.log.key,
			new TextEncoder().encode(vote.signed.text),
		);

		vote.receipt = answer;
		vote.checkpoint = checkpoint;
	} catch (e) {
		vote.sent =
			e instanceof BoardError
				? t(`vote.not-sent.${e.kind}`, { detail: e.detail, seconds: e.retry })
				: t("vote.bad-receipt", { why: sentence(e) });
		go("encrypted");
		return;
	}
	vote.touched = false;
	vote.seed = vote.marks = undefined;
	vote.answers = [];
	go("receipt");
}

/* Before and after the hours there is nothing to do here, and somewhere to go. */
function closed() {
	const { stage } = vote.status;
	const uuid = vote.election.uuid;

	screen({
		title: vote.paper.title,
		body: [
			el("div", { class: "notice warn" }, el("p", {}, t(stage === "open" ? "vote.not-yet" : "vote.over"))),
			el(
				"ul",
				{},
				el("li", {}, el("a", { href: new URL(`observe/${uuid}`, home).href }, t("vote.to-observe"))),
				stage === "done" && el("li", {}, el("a", { href: new URL(`result/${uuid}`, home).href }, t("vote.to-result"))),
			),
		],
	});
}

function isOpen(status) {
	return status.stage === "open" && ["none", "open"].includes(status.journal);
}

async function start() {
	const uuid = uuidOfPage();

	waiting(t("page.loading"));
	try {
		if (!isUuid(uuid)) {
			throw new BoardError("missing");
		}
		vote.status = await statusOf(uuid);
		const { log, setup, election, definition } = await openElection(uuid);

		vote.log = log;
		vote.setup = setup;
		vote.election = election;
		vote.definition = definition === null ? null : await readDefinition(definition, election);
		vote.paper = makePaper(election, vote.definition);
	} catch (e) {
		trouble(sentence(e), el("button", { type: "button", class: "main", onclick: () => start() }, t("page.retry")));
		return;
	}
	if (isOpen(vote.status)) {
		go("code");
	} else {
		closed();
	}
}

/* Secrets end with the page: one that comes back from the browser's memory begins anew. */
window.addEventListener("pagehide", () => {
	for (const field of Object.keys(vote)) {
		delete vote[field];
	}
});
window.addEventListener("pageshow", (event) => {
	if (event.persisted) {
		location.reload();
	}
});
window.addEventListener("beforeunload", (event) => {
	if (vote.touched) {
		event.preventDefault();
	}
});
onLanguage(() => {
	if (vote.step !== undefined) {
		go(vote.step);
	}
});
begin();
start();
