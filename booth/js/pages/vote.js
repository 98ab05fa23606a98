// SPDX-License-Identifier: EUPL-1.2
// The booth: from the code to the receipt. One object holds the vote while the page lives; it is nowhere else, and
// leaving the page ends it. Steps are functions from it to a screen.

import { prepare, seedDraw, sign } from "../core/ballot.js";
import { hex, unbase64Bare } from "../core/bytes.js";
import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { readReceipt, verifyReceipt } from "../core/receipt.js";
import { BoardError, cast as send, continues, home, openElection, receiptOf, statusOf, uuidOfPage } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { begin, has, onLanguage, t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { screen, trouble, waiting } from "../ui/steps.js";
import { choices } from "../vote/choices.js";
import { code } from "../vote/code.js";
import { encrypted, opened } from "../vote/encrypted.js";
import { makePaper, marksOf } from "../vote/paper.js";
import { receipt } from "../vote/receipt.js";
import { review } from "../vote/review.js";

const STEPS = 5;
const link = fromLink();
const vote = { typed: link, linked: link !== "", answers: [], shown: new Set(), at: 0, touched: false };

/* What stands on the screen, made again in another language: a step, or that something is under way. While it is, no
 * step can be reached: a ballot that is being encrypted or cast has one owner. */
const shown = { make: () => {} };

function show(make) {
	shown.make = make;
	make();
}

/* The code may be in the fragment of the link, which no server sees; it leaves the address at once. The browser's history
 * may keep it all the same, so that the page says so (docs/booth.md#what-a-browser-keeps). */
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
		ways: { next: () => entered(), again: (focus) => go("code", focus), sentence },
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
		ways: { cast: () => cast(), audit: () => go("opened"), back: () => forget("review"), notSent },
	},
	opened: { step: 4, make: opened, ways: { next: () => encrypt() } },
	receipt: { step: 5, make: receipt, ways: {} },
};

function go(name, focus) {
	const { step, make, ways } = steps[name];

	vote.step = name;
	show(() => screen(make(vote, ways), { step, steps: STEPS, focus }));
}

/* busy: no step, until something is done; {bar} is the progress element that is shown. */
function busy(key) {
	const now = { bar: null };

	vote.step = undefined;
	show(() => {
		now.bar = waiting(t(key));
	});
	return now;
}

/* stuck: what went wrong, and the button that leads on. */
function stuck(error, key, way) {
	vote.step = undefined;
	show(() => trouble(sentence(error), el("button", { type: "button", class: "main", onclick: way }, t(key))));
}

/* entered: the code is good. Answers that were given with another one are not shown to whoever has this one. */
function entered() {
	if (vote.owner !== vote.member.publicText) {
		vote.owner = vote.member.publicText;
		vote.answers = [];
		vote.shown.clear();
		vote.at = 0;
	}
	go("choices");
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
	vote.prepared = vote.seed = vote.signed = vote.sent = vote.unsure = undefined;
	go(next);
}

/* Lets the page breathe, so that the bar moves and the browser does not think it dead. */
function breath() {
	return new Promise((resolve) => {
		setTimeout(resolve, 0);
	});
}

async function encrypt() {
	const now = busy("vote.encrypting");
	let told = performance.now();

	vote.touched = true; // also of somebody who answers nothing: what is encrypted is not cast yet

	vote.marks = vote.paper.asks.map((ask) => marksOf(ask, vote.answers[ask.number]));
	vote.sent = vote.signed = vote.unsure = undefined;
	try {
		await breath();
		vote.seed = await seedDraw(vote.election, vote.marks, vote.member.secret);
		vote.prepared = await prepare(vote.election, vote.marks, vote.member.publicText, vote.seed, {
			onProgress: (done, total) => {
				now.bar.max = total;
				now.bar.value = done;
				if (performance.now() - told > 50) {
					told = performance.now();
					return breath();
				}
				return undefined;
			},
		});
	} catch (e) {
		stuck(e, "vote.back", () => go("review"));
		return;
	}
	go("encrypted");
}

/* notSent: why there is no receipt, in words; the board's own reason where there is a sentence for it. */
function notSent(e) {
	if (!(e instanceof BoardError)) {
		return t("vote.bad-receipt", { why: sentence(e) });
	}
	const own = `vote.problem.${e.problem}`;

	return e.kind === "refused" && has(own)
		? t(own, { detail: e.detail })
		: t(`vote.not-sent.${e.kind}`, { detail: e.detail, seconds: e.retry });
}

/*
 * follows: whether the log that the receipt stands in continues the one that this page opened: null when it does, else
 * why not. The receipt holds in any case: of two logs, it is the proof that there are two.
 */
async function follows(checkpoint) {
	try {
		await continues(vote.election.uuid, vote.log, checkpoint);
		return null;
	} catch (e) {
		return e;
	}
}

/* over: what is secret is let go of; the receipt needs none of it. */
function over() {
	vote.touched = false;
	vote.typed = "";
	vote.answers = [];
	vote.member = { weight: vote.member.weight };
	vote.prepared = { hash: vote.prepared.hash };
	vote.seed = vote.marks = vote.signed = vote.sent = undefined;
}

/*
 * delivered: the bytes of the receipt. Where an earlier attempt had no answer, a refusal of this one tells nothing about
 * that one: then the board is asked whether it has the ballot, before anybody says that it has not.
 */
async function delivered() {
	const { uuid } = vote.election;
	const { text, tracker, hints } = vote.signed;

	try {
		return await send(uuid, text, vote.status.hints === true ? hints : null);
	} catch (e) {
		if (e.kind !== "refused" || !vote.unsure) {
			vote.unsure ||= ["unreachable", "failing", "long"].includes(e.kind);
			throw e;
		}
		try {
			return await receiptOf(uuid, hex(unbase64Bare(tracker)));
		} catch (lost) {
			throw lost.kind === "missing" ? e : lost;
		}
	}
}

/*
 * cast signs once: a ballot that is sent again because no answer came is the same one, which the board takes once.
 * There is no success before a receipt that holds.
 */
async function cast() {
	busy("vote.casting");
	try {
		vote.signed ??= await sign(vote.election, vote.prepared, vote.member.secret);
		const answer = readReceipt(await delivered());
		const { checkpoint } = await verifyReceipt(
			answer,
			vote.election.uuid,
			vote.log.key,
			new TextEncoder().encode(vote.signed.text),
		);

		vote.receipt = answer;
		vote.checkpoint = checkpoint;
	} catch (e) {
		vote.sent = e;
		go("encrypted");
		return;
	}
	vote.doubt = await follows(vote.checkpoint);
	over();
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
	busy("page.loading");
	try {
		const uuid = uuidOfPage();

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
		stuck(e, "page.retry", () => start());
		return;
	}
	if (isOpen(vote.status)) {
		go("code");
	} else {
		show(closed);
	}
}

/* A second link that is followed while the page is open changes its fragment and nothing else. It is taken where nothing
 * is at stake, and leaves the address in any case. */
window.addEventListener("hashchange", () => {
	const typed = fromLink();

	if (typed !== "" && (vote.step === "code" || vote.step === "receipt")) {
		vote.typed = typed;
		vote.linked = true;
		vote.codeFault = null;
		go("code");
	}
});
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
onLanguage(() => shown.make());
begin();
start();
