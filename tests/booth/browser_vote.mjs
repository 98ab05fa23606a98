// SPDX-License-Identifier: EUPL-1.2
// A member's whole way in a browser, on a real board: code, choices, review, a ballot that is opened, one that is cast,
// one that replaces it, the receipt, the record, the result. Other programs agree: `urne` with what was downloaded,
// urne-verify with the election.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";

import { assertAccessible, openPage, picture, startBrowser, startVote, URNE, URNE_VERIFY } from "./harness.mjs";
import { begin, cast, choose, encrypt, enter, fill, next, onward, saved, tracker } from "./journey.mjs";

// One answer to everything in the small vote, page by page.
const ANSWERS = [
	[["La liste", "Pour"]],
	[
		["Les places", "Alma Roux"],
		["Les places", "Cléo Petit"],
	],
	[
		["Planter des arbres", "Pour"],
		["Ouvrir un marché", "Contre"],
		["Un festival", "Vote blanc"],
	],
	[["Les priorités", "Le pont"]],
	[
		["Jardin", "Bien"],
		["Piscine", "Moyen"],
		["Halle", "À rejeter"],
	],
	[
		["Du conseil", "Pour"],
		["De l’assemblée", "Abstention"],
		["Le texte dans son ensemble", "Pour"],
	],
];

let vote, browser;
const kept = {};

before(async () => {
	vote = await startVote();
	browser = await startBrowser();
});

after(async () => {
	await browser?.close();
	await vote?.end();
});

const urne = (...args) => execFileSync(URNE, args, { encoding: "utf8" });
const give = (page, text) =>
	page.setInputFiles("#file", { name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });
const known = () => ["--log-key", vote.key];

test("the code leaves the address at once, and is nowhere in the page's storage", async () => {
	const visit = await enter(browser, vote, "david");
	const { page } = visit;
	assert.equal(new URL(page.url()).hash, "");
	assert.equal(await page.inputValue("#code"), vote.members.david);
	const stored = await page.evaluate(() =>
		JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
	);
	assert.equal(stored, '[{},{},""]');
	await assertAccessible(page, "vote-code");
	await visit.close();
});

test("every screen of the way to a receipt is accessible, and nothing is lost on going back", async () => {
	const visit = await enter(browser, vote, "david");
	const { page } = visit;
	await begin(page);
	assert.match(await page.locator(".tally-bar p").innerText(), /Encore 12 questions/);
	for (const [i, those] of ANSWERS.entries()) {
		await assertAccessible(page, `vote-choices-${i + 1}`);
		for (const [legend, label] of those) {
			await choose(page, legend, label);
		}
		await onward(page);
	}
	await assertAccessible(page, "vote-review");
	// back to the places, and on again: both names are still there
	await page.getByRole("button", { name: "Modifier : Les places" }).click();
	assert.ok(await page.getByRole("checkbox", { name: "Alma Roux" }).isChecked());
	assert.ok(await page.getByRole("checkbox", { name: "Cléo Petit" }).isChecked());
	for (let i = 1; i < ANSWERS.length; i++) {
		await onward(page);
	}
	const said = await page.locator("main").innerText();
	for (const piece of ["Alma Roux, Cléo Petit", "Contre", "Vote blanc", "Le pont", "À rejeter", "Abstention"]) {
		assert.ok(said.includes(piece), `the review does not say ${piece}`);
	}
	await encrypt(page);
	assert.match(await page.locator(".notice").innerText(), /pas encore déposé/);
	await page.getByText("Contrôler ce bulletin au lieu de le déposer").click();
	await assertAccessible(page, "vote-encrypted");

	// opened instead of cast: other programs, and the page for it, find what was chosen
	kept.fingerprint = await page
		.locator(".tracker")
		.first()
		.evaluate((node) => node.textContent);
	await page.getByRole("button", { name: "Ouvrir ce bulletin" }).click();
	await assertAccessible(page, "vote-opened");
	kept.opened = await saved(page, "Télécharger le bulletin ouvert");
	const audit = urne("ballot", "audit", kept.opened.path, "--board", `${vote.board}/bb/${vote.uuid}`, ...known());
	assert.ok(audit.includes(kept.fingerprint), audit);
	assert.match(audit, /Alma Roux/);
	assert.ok(!kept.opened.text.includes('"signature"'));
	await next(page);
	await page.getByRole("heading", { name: "Votre bulletin est chiffré" }).waitFor();
	const fresh = await page
		.locator(".tracker")
		.first()
		.evaluate((node) => node.textContent);
	assert.notEqual(fresh, kept.fingerprint, "the next ballot is the opened one again");

	await cast(page);
	await assertAccessible(page, "vote-receipt");
	kept.tracker = await tracker(page);
	kept.receipt = await saved(page, "Télécharger le reçu");
	assert.equal(JSON.parse(kept.receipt.text).tracker, kept.tracker);
	assert.ok(!/Alma|Cléo|Pour|Contre/.test(await page.locator("main").innerText()), "the receipt tells the vote");
	assert.equal(await page.locator("svg.qr path").count(), 1);
	urne("receipt", "verify", kept.receipt.path, ...known());
	await visit.close();
});

test("a second vote says what it replaces, and how many votes it counts for", async () => {
	const visit = await enter(browser, vote, "david");
	const { page } = visit;
	await begin(page);
	await fill(page, [[["La liste", "Contre"]], [], [], [], ANSWERS[4], []]);
	assert.match(await page.locator(".notice.warn").innerText(), /8 questions sont sans réponse/);
	await encrypt(page);
	await cast(page);
	assert.match(await page.locator("main").innerText(), /remplace votre bulletin précédent/);
	const replaced = await page.locator(".notice .tracker").evaluate((node) => node.textContent);
	assert.equal(replaced, kept.tracker);
	kept.second = await tracker(page);
	await visit.close();
});

test("the record shows the ballot by its tracker, and goes on by itself", async () => {
	const visit = await openPage(
		browser,
		`${vote.board}/observe/${vote.uuid}#tracker=${encodeURIComponent(kept.tracker)}`,
	);
	const { page } = visit;
	await page.waitForSelector("#found .notice.good");
	await assertAccessible(page, "observe");
	const before = Number(await page.locator("#ballots").innerText());
	await vote.do("ballots");
	await page.waitForFunction((n) => Number(document.getElementById("ballots").textContent) === n, before + 3);
	await page.fill("#tracker", "zu kurz");
	await page.getByRole("button", { name: "Chercher" }).click();
	assert.match(await page.locator(".fault").innerText(), /43/);
	await assertAccessible(page, "observe-fault");
	await visit.close();
});

test("a receipt is checked, and one that was changed is not good", async () => {
	const visit = await openPage(browser, `${vote.board}/receipt`);
	const { page } = visit;
	await page.waitForSelector("#file");
	await assertAccessible(page, "receipt");
	await give(page, kept.receipt.text);
	await page.waitForSelector(".notice.good");
	assert.match(await page.locator("main").innerText(), /continue bien celui du reçu/);
	await assertAccessible(page, "receipt-good");
	for (const [from, to] of [
		[/index \d+/, "index 9"],
		[/"tracker":"./, (found) => found.slice(0, -1) + (found.endsWith("A") ? "B" : "A")],
		[/"election":"./, '"election":"z'],
		[/"format"/, '"formats"'],
	]) {
		await page.getByRole("button", { name: "Vérifier un autre reçu" }).click();
		const text = kept.receipt.text.replace(from, to);
		assert.notEqual(text, kept.receipt.text);
		await give(page, text);
		await page.waitForSelector(".notice");
		assert.equal(await page.locator(".notice.good").count(), 0, `${from} passes`);
	}
	await assertAccessible(page, "receipt-bad");
	await visit.close();
});

test("an opened ballot is verified by the page, and one that lies is told", async () => {
	const visit = await openPage(browser, `${vote.board}/audit`);
	const { page } = visit;
	await page.waitForSelector("#file");
	await give(page, kept.opened.text);
	await page.waitForSelector(".notice.good");
	assert.ok((await page.locator("main").innerText()).includes("Alma Roux"));
	await assertAccessible(page, "audit-good");
	const lie = JSON.parse(kept.opened.text);
	lie.choices[0] = lie.choices[0].map((m) => 1 - m);
	await page.getByRole("button", { name: "Vérifier un autre bulletin" }).click();
	await give(page, JSON.stringify(lie));
	await page.waitForSelector(".notice.bad");
	assert.match(await page.locator(".notice.bad").innerText(), /Question 1/);
	await assertAccessible(page, "audit-bad");
	await visit.close();
});

test("the booth is closed afterwards, and the result says what was decided and who certified it", async () => {
	await vote.do("result");
	const closed = await openPage(browser, `${vote.board}/vote/${vote.uuid}`);
	await closed.page.waitForSelector(".notice.warn");
	assert.match(await closed.page.locator("main").innerText(), /Le vote est terminé/);
	await assertAccessible(closed.page, "vote-closed");
	await closed.close();
	await vote.do("minutes");
	const visit = await openPage(browser, `${vote.board}/result/${vote.uuid}`);
	await visit.page.waitForSelector(".figures");
	const said = await visit.page.locator("main").innerText();
	assert.match(said, /4\s*personnes ont voté/);
	assert.match(said, /Certifié par claire/);
	assert.match(said, /signé par Claire Fontaine \(présidente\), Hugo Marchand \(secrétaire\)/);
	await visit.page.getByText("Le texte adopté", { exact: true }).click();
	assert.match(await visit.page.locator("details.adopted").innerText(), /Des pouvoirs\s+Du conseil\s+Le conseil délibère en public/);
	const text = await saved(visit.page, "Télécharger le texte adopté");
	const outcome = await (await fetch(`${vote.board}/bb/${vote.uuid}/outcome.json`)).json();
	const { consolidated } = outcome.items.find(({ id }) => id === "texte");
	assert.equal(createHash("sha256").update(text.text).digest("hex"), consolidated.sha256);
	await assertAccessible(visit.page, "result");
	await visit.close();
	const verified = spawnSync(URNE_VERIFY, [`${vote.board}/bb/${vote.uuid}`, ...known()], { encoding: "utf8" });
	assert.equal(verified.status, 0, verified.stdout + verified.stderr);
});

test("the minutes can be read and kept, those that were not certified are not, and only good signatures are named", async () => {
	const resultPage = async (change) => {
		const visit = await openPage(browser, `${vote.board}/receipt`);
		for (const [path, how] of Object.entries(change)) {
			await visit.page.route(`**/${path}`, async (route) => {
				const answer = await route.fetch();
				await route.fulfill({ response: answer, body: how(await answer.text()) });
			});
		}
		await visit.page.goto(`${vote.board}/result/${vote.uuid}`);
		await visit.page.waitForSelector(".figures");
		return visit;
	};
	const visit = await resultPage({});
	const { page } = visit;
	const [kept] = await Promise.all([page.waitForEvent("download"), page.getByText("Le document signé (JSON)").click()]);
	assert.equal(kept.suggestedFilename(), `${vote.uuid}.minutes.json`);
	await page.getByText("Lire le procès-verbal en français").click();
	await page.waitForURL(/minutes\.fr\.html$/);
	assert.match(await page.title(), /Vote de printemps/);
	await picture(page, "minutes");
	await visit.close();

	const others = await resultPage({ "minutes.json": (text) => text.replace("Vote", "vote") });
	assert.match(await others.page.locator("main").innerText(), /n’est pas celui que les responsables ont certifié/);
	assert.equal(await others.page.getByText("Lire le procès-verbal").count(), 0);
	await assertAccessible(others.page, "result-other-minutes");
	await others.close();
	const forged = await resultPage({
		"minutes.note": (text) => text.replace(/(— hugo .{20})(.)/u, (_, start, sign) => start + (sign === "A" ? "B" : "A")),
	});
	const said = await forged.page.locator("main").innerText();
	assert.match(said, /signé par Claire Fontaine \(présidente\)/);
	assert.doesNotMatch(said, /Hugo Marchand \(secrétaire\)/);
	await forged.close();
});
