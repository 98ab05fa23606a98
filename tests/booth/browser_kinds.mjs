// SPDX-License-Identifier: EUPL-1.2
// Votes of every other kind in a browser: in a finite-field group, with rival lists and weights, without a definition. What the
// browser encrypts is verified by urne-verify and, in its group, by Debian's belenios-tool; ballots that bring hints are good by
// them. And a list of members that is too long to be fetched.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { assertAccessible, openPage, startBrowser, startVote, URNE, URNE_VERIFY } from "./harness.mjs";
import { begin, cast, choose, encrypt, enter, fill, main, next, onward } from "./journey.mjs";

const GRADES = [
	["Jardin", "Bien"],
	["Piscine", "Bien"],
	["Halle", "Moyen"],
];

let vote, browser;

before(async () => {
	vote = await startVote();
	browser = await startBrowser();
});

after(async () => {
	await browser?.close();
	await vote?.end();
});

// How many ballots the board has found good by the hints that they brought.
async function hinted() {
	const metrics = await (await fetch(`${vote.board}/metrics`)).text();
	return Number(/urne_hinted_ballots_total\{check="hints"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

// The whole election as a folder, which urne-verify accepts.
function verified({ uuid, board, key, folder }) {
	const pulled = join(folder, `pulled-${uuid}`);
	const known = ["--log-key", key];
	execFileSync(URNE, ["board", "pull", pulled, "--board", `${board}/bb/${uuid}`, ...known]);
	const run = spawnSync(URNE_VERIFY, [join(pulled, `${uuid}.bel`)], { encoding: "utf8" });
	assert.equal(run.status, 0, run.stdout + run.stderr);
	assert.match(run.stdout, /PASS +ballot-proofs/);
	return pulled;
}

async function resultPage({ board, uuid }) {
	const visit = await openPage(browser, `${board}/result/${uuid}`);
	await visit.page.waitForSelector(".card");
	return visit;
}

test("in a finite-field group the browser encrypts with progress, and belenios-tool verifies the ballots", async () => {
	const field = await vote.add("field");
	for (const member of ["anna", "bruno", "chloe"]) {
		const visit = await enter(browser, field, member);
		const { page } = visit;
		await begin(page);
		await fill(page, [[["La liste", "Pour"]], [["Les places", "Alma Roux"]], [], [], GRADES, []]);
		// what the bar says while the ballot is encrypted
		await page.evaluate(() => {
			globalThis.said = [];
			new MutationObserver(() => {
				const bar = document.querySelector("progress");
				if (bar?.hasAttribute("max")) {
					globalThis.said.push(bar.value / bar.max);
				}
			}).observe(document.body, { subtree: true, childList: true, attributes: true });
		});
		await encrypt(page);
		const said = await page.evaluate(() => globalThis.said);
		assert.ok(new Set(said).size > 5, `the bar moved ${new Set(said).size} times`);
		assert.deepEqual(said, [...said].sort((a, b) => a - b));
		await cast(page);
		await visit.close();
	}
	await vote.do("result field");
	const pulled = verified(field);
	const other = spawnSync("belenios-tool", ["election", "verify", "--dir", pulled], { encoding: "utf8" });
	assert.equal(other.status, 0, `belenios-tool: ${other.error ?? other.stdout + other.stderr}`);
	const visit = await resultPage(field);
	assert.match(await main(visit.page), /3\s*personnes ont voté/);
	await visit.close();
});

test("rival lists: one list and names of it, with the weight on the receipt, and hints that the board finds good", async () => {
	const lists = await vote.add("lists");
	const before = await hinted();
	for (const [member, list, names, weight] of [
		["anna", "Liste rive", ["Basile Morel", "Cléo Petit"], 4],
		["chloe", "Liste pont", ["Esther Brun"], 3],
		["bruno", "Liste rive", ["Cléo Petit"], 1],
	]) {
		const visit = await enter(browser, lists, member);
		const { page } = visit;
		await begin(page);
		// a list alone is no answer
		await choose(page, "Qui siège", list);
		await next(page);
		await page.waitForSelector("#faults");
		assert.match(await main(page), /au moins un nom/);
		if (member === "anna") {
			await assertAccessible(page, "lists-fault");
		}
		// another list and back: the names of the first are gone
		await choose(page, "Qui siège", "Liste bois");
		await choose(page, "Qui siège", list);
		for (const name of names) {
			await page.getByRole("checkbox", { name }).check();
		}
		await onward(page);
		assert.ok((await main(page)).includes(`${list} : ${names.join(", ")}`));
		await encrypt(page);
		await cast(page);
		if (weight > 1) {
			assert.match(await main(page), new RegExp(`Il compte pour ${weight} voix`));
		} else {
			assert.doesNotMatch(await main(page), /Il compte pour/);
		}
		if (member === "anna") {
			await assertAccessible(page, "lists-receipt");
		}
		await visit.close();
	}
	assert.equal(await hinted(), before + 3);
	await vote.do("result lists");
	verified(lists);
	const visit = await resultPage(lists);
	const said = await main(visit.page);
	assert.match(said, /3\s*personnes ont voté/);
	// 5 votes for rive and 3 for pont: 2 seats and 1
	assert.match(said, /Liste rive[^]*2 sièges[^]*Liste pont[^]*1 siège/);
	await assertAccessible(visit.page, "lists-result");
	await visit.close();
});

test("without a definition: bare questions with blank and lists, and their numbers from the log", async () => {
	const bare = await vote.add("bare");
	const before = await hinted();
	for (const [member, answer, list, name] of [
		["anna", "Vote blanc", "Rive", "Basile"],
		["bruno", "Oui", "Rive", "Alma"],
		["chloe", "Oui", "Pont", "Cléo"],
	]) {
		const visit = await enter(browser, bare, member);
		const { page } = visit;
		await begin(page);
		if (member === "anna") {
			await assertAccessible(page, "bare-question");
		}
		await choose(page, "Faut-il un banc", answer);
		await onward(page);
		await choose(page, "Qui siège", list);
		await page.getByRole("checkbox", { name }).check();
		await onward(page);
		await encrypt(page);
		await cast(page);
		await visit.close();
	}
	assert.equal(await hinted(), before + 3);
	await vote.do("result bare");
	verified(bare);
	const visit = await resultPage(bare);
	const rows = await visit.page.locator(".bar-label").allInnerTexts();
	assert.deepEqual(
		rows.map((row) => row.replace(/\s+/gu, " ")),
		["Vote blanc 1", "Oui 2", "Non 0", "Liste Rive 2", "Alma 1", "Basile 1", "Liste Pont 1", "Cléo 1"],
	);
	await assertAccessible(visit.page, "bare-result");
	await visit.close();
});

// What stands for a list of so many members that nobody wants to wait for it: the board says that it has three megabytes.
async function withLongList(page, asked) {
	const list = readFileSync(join(vote.folder, "e/public_credentials.json"));
	await page.route("**/objects/*", async (route) => {
		const answer = await route.fetch();
		const headers = answer.headers();
		if (Number(headers["content-length"]) !== list.length) {
			await route.fulfill({ response: answer });
			return;
		}
		asked.push(route.request().method());
		await route.fulfill({ response: answer, headers: { ...headers, "content-length": "3000000" } });
	});
}

test("a list of members of megabytes is not fetched, and the board is the one who says that a code is wrong", async () => {
	const code = vote.members.anna;
	const typo = code.slice(0, -1) + (code.endsWith("z") ? "y" : "z");
	for (const long of [false, true]) {
		const visit = await enter(browser, vote, null);
		const { page } = visit;
		const asked = [];
		if (long) {
			await withLongList(page, asked);
		}
		await page.fill("#code", typo);
		await page.keyboard.press("Enter");
		if (!long) {
			await page.getByText("pas sur la liste").waitFor();
			await visit.close();
			continue;
		}
		await page.waitForSelector(".tally-bar");
		assert.deepEqual(asked, ["HEAD"]);
		await fill(page, [[], [], [], [], GRADES, []]);
		await encrypt(page);
		await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
		await page.waitForSelector(".notice.bad");
		assert.match(await main(page), /ce code n’est pas sur la liste électorale/);
		await visit.expectFaults(/answer 4\d\d|console/);
		await visit.close();
	}
});
