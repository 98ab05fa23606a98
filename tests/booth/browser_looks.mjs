// SPDX-License-Identifier: EUPL-1.2
// How the pages look and behave where it is hard: words and titles as long as they come, text of twice the size, nothing to show yet,
// waiting, the other language, paper, forced colours, less motion, and the focus of whoever has no mouse.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
	assertAccessible,
	assertFits,
	assertFocusSeen,
	openPage,
	picture,
	SHOTS,
	startBrowser,
	startVote,
} from "./harness.mjs";
import { begin, cast, choose, encrypt, enter, next, onward, tracker } from "./journey.mjs";

let vote, browser;

before(async () => {
	vote = await startVote();
	browser = await startBrowser();
});

after(async () => {
	await browser?.close();
	await vote?.end();
});

// The first answer to everything that needs one; any words.
async function fillAnyhow(page) {
	while ((await page.locator(".tally-bar").count()) > 0) {
		for (const group of await page.locator("fieldset:not(fieldset fieldset)").all()) {
			await group.locator("input").first().check();
		}
		await onward(page);
	}
}

// Text of twice the size in a window of 640 px, as people set it who see badly.
async function assertLargeText(page, name) {
	const before = page.viewportSize();
	await page.setViewportSize({ width: 640, height: 800 });
	await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
	await assertFits(page, `${name} with text of twice the size`);
	await picture(page, `${name}-large-text`);
	await page.evaluate(() => (document.documentElement.style.fontSize = ""));
	await page.setViewportSize(before);
}

test("words and titles as long as they come fit into every screen, also with text of twice the size", async () => {
	const wordy = await vote.add("wordy");
	const visit = await enter(browser, wordy, "anna");
	const { page } = visit;
	const look = async (name) => {
		await assertAccessible(page, `wordy-${name}`);
		await assertLargeText(page, `wordy-${name}`);
	};
	await look("code");
	await begin(page);
	for (let i = 1; (await page.locator(".tally-bar").count()) > 0; i++) {
		for (const details of await page.locator("details").all()) {
			await details.evaluate((node) => (node.open = true));
		}
		for (const group of await page.locator("fieldset:not(fieldset fieldset)").all()) {
			await group.locator("input").first().check();
		}
		await look(`choices-${i}`);
		await onward(page);
	}
	await look("review");
	await encrypt(page);
	await look("encrypted");
	await cast(page);
	await look("receipt");
	await visit.close();
	for (const path of ["", `observe/${wordy.uuid}`, `result/${wordy.uuid}`]) {
		const other = await openPage(browser, `${vote.board}/${path}`);
		await other.page.waitForSelector("body[data-state=shown] main .card, main .notice");
		await assertAccessible(other.page, `wordy-${path.split("/")[0] || "index"}`);
		await assertLargeText(other.page, `wordy-${path.split("/")[0] || "index"}`);
		await other.close();
	}
});

test("where there is nothing yet, the pages say so", async () => {
	const observe = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
	await observe.page.waitForSelector(".figures");
	assert.equal(await observe.page.locator("#ballots").innerText(), "0");
	await assertAccessible(observe.page, "empty-observe");
	await observe.close();
	const result = await openPage(browser, `${vote.board}/result/${vote.uuid}`);
	await result.page.getByText("pas encore publié").waitFor();
	await assertAccessible(result.page, "empty-result");
	await result.close();
	const index = await openPage(browser, `${vote.board}/receipt`);
	await index.page.route("**/log-list.1", async (route) => {
		const answer = await route.fetch();
		const lines = (await answer.text()).split("\n");
		const kept = lines.filter((line) => !line.startsWith("vkey ") || line.includes("/journal+"));
		assert.ok(kept.length < lines.length);
		await route.fulfill({ response: answer, body: kept.join("\n") });
	});
	await index.page.goto(`${vote.board}/`);
	await index.page.getByText("aucun vote pour le moment").waitFor();
	await assertAccessible(index.page, "empty-index");
	await index.close();
});

test("while something is on its way the page says what, and screen readers too", async () => {
	const visit = await enter(browser, vote, "bruno");
	const { page } = visit;
	const held = async (pattern, act, said) => {
		let go;
		const released = new Promise((resolve) => (go = resolve));
		const waiting = [];
		await page.route(pattern, (route) => {
			waiting.push(released.then(() => route.continue()));
			return waiting.at(-1);
		});
		await act();
		await page.locator("h1", { hasText: said }).waitFor();
		await page.waitForFunction((text) => document.getElementById("live").textContent.includes(text), said);
		await assertAccessible(page, `waiting-${said.split(" ")[0]}`);
		go();
		await Promise.all(waiting); // before it is let go by itself
		await page.unroute(pattern);
	};
	await begin(page);
	await fillAnyhow(page);
	await encrypt(page);
	await held("**/ballots", () => page.getByRole("button", { name: "Déposer mon bulletin" }).click(), "Dépôt du bulletin");
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
	await held("**/checkpoint", () => page.goto(`${vote.board}/observe/${vote.uuid}`, { waitUntil: "commit" }), "Chargement");
	await page.waitForSelector(".figures");
	await visit.close();
});

test("every screen is there in English, and accessible", async () => {
	const visit = await enter(browser, vote, "chloe", { locale: "en-GB" });
	const { page } = visit;
	await assertAccessible(page, "en-code");
	await begin(page);
	for (let i = 1; (await page.locator(".tally-bar").count()) > 0; i++) {
		await page.locator("fieldset input").first().check();
		for (const group of await page.locator("fieldset").all()) {
			await group.locator("input").first().check();
		}
		await assertAccessible(page, `en-choices-${i}`);
		await onward(page);
	}
	await assertAccessible(page, "en-review");
	await next(page);
	await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
	await assertAccessible(page, "en-encrypted");
	await page.getByText("Check this ballot").click();
	await page.locator("details button").click();
	await page.getByRole("heading", { level: 1 }).filter({ hasNotText: "encrypted" }).waitFor();
	await assertAccessible(page, "en-opened");
	await next(page);
	await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
	await next(page);
	await page.waitForSelector("#tracker");
	await assertAccessible(page, "en-receipt");
	assert.doesNotMatch(await page.locator("body").innerText(), /Votre|bulletin|Étape|Retour/u);
	for (const path of ["", "receipt", "audit", `observe/${vote.uuid}`, `result/${vote.uuid}`]) {
		await page.goto(`${vote.board}/${path}`);
		await page.waitForSelector("main .card, main .notice");
		await assertAccessible(page, `en-${path.split("/")[0] || "index"}`);
	}
	await visit.close();
});

test("the receipt is printed on one page, with the tracker, its code and nothing to press", async () => {
	const visit = await enter(browser, vote, "david");
	const { page } = visit;
	await begin(page);
	await fillAnyhow(page);
	await encrypt(page);
	await cast(page);
	mkdirSync(SHOTS, { recursive: true });
	const pdf = join(SHOTS, "receipt.pdf");
	await page.pdf({ path: pdf, format: "A4" });
	execFileSync("pdftoppm", ["-png", "-r", "60", pdf, join(SHOTS, "receipt-print")]);
	assert.match(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }), /^Pages: +1$/mu);
	const said = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" });
	assert.ok(said.replace(/\s/gu, "").includes(await tracker(page)));
	assert.ok(said.includes("Vote de printemps") && said.includes(vote.uuid));
	assert.doesNotMatch(said, /Imprimer|Télécharger|English/u);
	await visit.close();
});

test("with forced colours and without motion, what is chosen and where one is can still be seen", async () => {
	const visit = await enter(browser, vote, "emma");
	const { page } = visit;
	await begin(page);
	const motion = () => page.locator(".option").first().evaluate((node) => getComputedStyle(node).transitionDuration);
	await page.emulateMedia({ reducedMotion: "no-preference" });
	assert.notEqual(await motion(), "0s");
	await page.emulateMedia({ reducedMotion: "reduce" });
	assert.equal(await motion(), "0s");
	await page.emulateMedia({ forcedColors: "active" });
	await choose(page, "La liste", "Pour");
	await page.evaluate(() => document.activeElement.blur());
	const outlines = await page
		.locator(".option")
		.evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).outlineStyle !== "none"));
	assert.equal(outlines.filter(Boolean).length, 1);
	const steps = await page
		.locator(".steps > li")
		.evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).backgroundColor));
	assert.equal(new Set(steps).size, 2, "done and to come look the same");
	await picture(page, "forced-colours");
	await visit.close();
});

test("the focus is seen on every control of every screen, in the order of reading", async () => {
	const visit = await enter(browser, vote, "emma");
	const { page } = visit;
	const counts = { code: await assertFocusSeen(page) };
	await begin(page);
	for (let i = 1; (await page.locator(".tally-bar").count()) > 0; i++) {
		for (const group of await page.locator("fieldset:not(fieldset fieldset)").all()) {
			await group.locator("input").first().check();
		}
		counts[`choices-${i}`] = await assertFocusSeen(page);
		await onward(page);
	}
	counts.review = await assertFocusSeen(page);
	await encrypt(page);
	await page.getByText("Contrôler ce bulletin").click();
	counts.encrypted = await assertFocusSeen(page);
	await cast(page);
	counts.receipt = await assertFocusSeen(page);
	for (const path of ["", "receipt", "audit", `observe/${vote.uuid}`, `result/${vote.uuid}`]) {
		await page.goto(`${vote.board}/${path}`);
		await page.waitForSelector("main .card, main .notice");
		counts[path] = await assertFocusSeen(page);
	}
	for (const [name, n] of Object.entries(counts)) {
		assert.ok(n >= 3, `${name} has ${n} stops`);
	}
	await visit.close();
});
