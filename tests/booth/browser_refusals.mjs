// SPDX-License-Identifier: EUPL-1.2
// What the pages refuse, and how they say it: codes that are not right, answers that cannot be cast, texts and records that
// are not what was signed, a board that does not answer or answers with something else. And a whole vote without a mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertAccessible, openPage, startBrowser, startLiar, startVote } from "./harness.mjs";
import { begin, cast, choose, enter, onward, toEncrypted, tracker } from "./journey.mjs";

let vote, liar, browser;

before(async () => {
	vote = await startVote();
	liar = await startLiar(vote.board);
	browser = await startBrowser();
});

after(async () => {
	await browser?.close();
	await liar?.end();
	await vote?.end();
});

const main = (page) => page.locator("main").innerText();

test("a code that is not right is refused at its field, with the way out", async () => {
	const visit = await enter(browser, vote, null);
	const { page } = visit;
	const code = vote.members.anna;
	let before = null;
	for (const [typed, said] of [
		["", /Écrivez votre code/],
		[code.slice(0, -1), /22 lettres et chiffres ; celui-ci en a 21/],
		[`0${code.slice(1)}`, /« 0 », au rang 1/],
		[code.slice(0, -1) + (code.endsWith("z") ? "y" : "z"), /pas sur la liste/],
	]) {
		await page.fill("#code", typed);
		await page.keyboard.press("Enter");
		// the list may have to be fetched first: until then the sentence before stands there
		await page.waitForFunction(
			(old) => ![null, old].includes(document.getElementById("code-fault")?.textContent ?? null),
			before,
		);
		before = await page.locator("#code-fault").evaluate((node) => node.textContent);
		const fault = (await page.locator("#code-fault").innerText()).replace(/[\u00a0\u202f]/g, " ");
		assert.match(fault, said);
		assert.equal(await page.evaluate(() => document.activeElement.id), "code");
		assert.match(await page.getAttribute("#code", "aria-describedby"), /code-fault/);
	}
	await assertAccessible(page, "refused-code");
	// spaces for hyphens, as people copy codes
	await page.fill("#code", ` ${code.replaceAll("-", " ")} `);
	await page.keyboard.press("Enter");
	await page.waitForSelector(".tally-bar");
	await visit.close();
});

test("answers that cannot be cast keep the member on their page, with a link to each", async () => {
	const visit = await enter(browser, vote, "anna");
	const { page } = visit;
	await begin(page);
	await onward(page);
	for (const name of ["Alma Roux", "Basile Morel", "Cléo Petit"]) {
		await choose(page, "Les places", name);
	}
	await page.locator(".tally-bar button.main").click();
	await page.waitForSelector("#faults");
	assert.match(await page.locator("#faults").innerText(), /de trop/);
	assert.equal(await page.evaluate(() => document.activeElement.id), "faults");
	await assertAccessible(page, "refused-answer");
	await page.locator("#faults a").click();
	assert.match(await page.evaluate(() => document.activeElement.id), /^q\d+$/);
	await page.getByRole("checkbox", { name: "Alma Roux" }).uncheck();
	for (let i = 0; i < 3; i++) {
		await onward(page);
	}
	await page.locator(".tally-bar button.main").click(); // grades, and none given
	await page.waitForSelector("#faults");
	assert.equal(await page.locator("#faults li").count(), 3);
	await visit.close();
});

test("texts, elections and checkpoints that are not what was signed are refused before anything is asked", async () => {
	const entries = `/bb/${vote.uuid}/tile/entries/000.p/1`;
	for (const [path, change, said] of [
		[`/bb/${vote.uuid}/vote.json`, (body) => body.replace("La liste", "La Liste"), /textes publiés ne sont pas ceux/],
		[`/bb/${vote.uuid}/checkpoint`, (body) => body.replace(/\n1\n/, "\n2\n"), /signature de .* est fausse/],
		[entries, (body) => body.replace("Setup", "Setuq"), /preuve ne mène pas/],
	]) {
		liar.change(path, (told) => (told.body = Buffer.from(change(told.body.toString("latin1")), "latin1")));
		const visit = await openPage(browser, `${liar.board}/vote/${vote.uuid}`);
		await visit.page.waitForSelector(".notice.bad");
		assert.match(await main(visit.page), said, path);
		assert.equal(await visit.page.locator("#code").count(), 0);
		liar.change(path);
		await visit.close();
	}
	const nothing = await openPage(browser, `${vote.board}/vote/AAAAAAAAAAAAAA`);
	await nothing.page.waitForSelector(".notice.bad");
	assert.match(await main(nothing.page), /rien à cette adresse/);
	await nothing.expectFaults(/404/);
	await assertAccessible(nothing.page, "refused-address");
	await nothing.close();
});

test("a board that does not answer leaves the ballot where it is, and the same one is cast once", async () => {
	const visit = await enter(browser, vote, "bruno");
	const { page } = visit;
	await toEncrypted(page);
	await vote.do("stop");
	await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
	await page.waitForSelector(".notice.bad");
	assert.match(await page.locator(".notice.bad").innerText(), /nous ne savons pas/);
	assert.ok(!/Vote enregistré/.test(await main(page)));
	await visit.expectFaults(/ERR_CONNECTION|failed/);
	await vote.do("start");
	// the answer to the first attempt is lost on its way: the ballot is in, and nobody knows
	await page.route("**/ballots", async (route) => {
		await route.fetch();
		await route.abort();
	});
	await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
	await page.waitForSelector(".notice.bad");
	await visit.expectFaults(/ERR_|failed/);
	await page.unroute("**/ballots");
	await cast(page);
	assert.ok(!/remplace/.test(await main(page)), "the same ballot sent again replaces itself");
	await visit.close();
});

test("a receipt that does not hold is no vote, and the page says so", async () => {
	const visit = await enter(browser, vote, "chloe");
	const { page } = visit;
	await toEncrypted(page);
	const lies = [
		(text) => text.replace(/"tracker":"[^"]*"/, `"tracker":"${"A".repeat(43)}"`),
		(text) => text.replace(/\\nindex \d+/, "\\nindex 7"),
		(text) => text.slice(0, -2),
		() => "{}",
	];
	for (const lie of lies) {
		await page.route("**/ballots", async (route) => {
			const answer = await route.fetch();
			await route.fulfill({ response: answer, body: lie(await answer.text()) });
		});
		await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
		await page.waitForSelector(".notice.bad");
		assert.match(await page.locator(".notice.bad").innerText(), /reçu n’est pas bon/);
		await page.unroute("**/ballots");
	}
	await assertAccessible(page, "refused-receipt");
	await page.route("**/ballots", (route) =>
		route.fulfill({ status: 503, headers: { "Retry-After": "7" }, json: { type: "urn:urne:problem:busy" } }),
	);
	await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
	await page.getByText("très occupée").waitFor();
	assert.match(await main(page), /environ 7/);
	await page.unroute("**/ballots");
	await visit.expectFaults(/503/);
	await cast(page);
	await visit.close();
});

test("a record that goes back is an alarm for whoever watches it", async () => {
	const visit = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
	const { page } = visit;
	await page.waitForSelector(".figures");
	const old = await (await fetch(`${vote.board}/bb/${vote.uuid}/checkpoint`)).text();
	const more = await enter(browser, vote, "david");
	await toEncrypted(more.page);
	await cast(more.page);
	await more.close();
	const size = Number(old.split("\n")[1]);
	await page.waitForFunction(
		(n) => document.querySelector(".figures li:nth-child(2) strong").textContent === String(n),
		size + 1,
	);
	await page.route("**/checkpoint", (route) => route.fulfill({ body: old }));
	await page.waitForSelector(".notice.bad");
	assert.match(await main(page), /ne continue pas/);
	await assertAccessible(page, "observe-alarm");
	await visit.close();
});

test("a whole vote by keyboard alone", async () => {
	const visit = await enter(browser, vote, "emma");
	const { page } = visit;
	// presses Tab until the focus is on something with this name
	const to = async (name) => {
		for (let i = 0; i < 80; i++) {
			await page.keyboard.press("Tab");
			const here = await page.evaluate(() => {
				const node = document.activeElement;
				return `${node.id} ${node.closest("label")?.innerText ?? node.innerText ?? ""}`;
			});
			if (here.includes(name)) {
				return;
			}
		}
		assert.fail(`no way by keyboard to ${name}`);
	};
	await to("code");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".tally-bar");
	await to("Pour");
	await page.keyboard.press("Space");
	assert.ok(await page.getByRole("radio", { name: "Pour", exact: true }).isChecked());
	for (let i = 0; i < 4; i++) {
		await to("Suite");
		await page.keyboard.press("Enter");
	}
	for (let i = 0; i < 3; i++) {
		await to("Bien");
		await page.keyboard.press("Space");
	}
	await to("Suite");
	await page.keyboard.press("Enter");
	await to("Relire mon vote");
	await page.keyboard.press("Enter");
	await to("Chiffrer mon bulletin");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Votre bulletin est chiffré" }).waitFor();
	await to("Déposer mon bulletin");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
	assert.equal((await tracker(page)).length, 43);
	await visit.close();
});

test("the other language is one button away, and everything is in it", async () => {
	const visit = await enter(browser, vote, "emma", { locale: "en-GB" });
	const { page } = visit;
	assert.equal(await page.getAttribute("html", "lang"), "en");
	assert.match(await main(page), /Your voting code/);
	await page.getByRole("button", { name: "Français" }).click();
	assert.equal(await page.getAttribute("html", "lang"), "fr");
	assert.match(await main(page), /Votre code de vote/);
	assert.equal(await page.inputValue("#code"), vote.members.emma);
	await visit.close();
});
