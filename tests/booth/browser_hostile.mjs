// SPDX-License-Identifier: EUPL-1.2
// What a board, somebody on the way to it, or bad luck can do to whoever votes: answers that are nobody's, two logs under one
// key, pages that are used while something is under way, secrets that stay where others find them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openPage, startBrowser, startLiar, startVote } from "./harness.mjs";
import {
	GRADES,
	begin,
	cast,
	castButton,
	choose,
	encrypt,
	enter,
	fill,
	fillShortest,
	main,
	saved,
	toEncrypted,
	tracker,
} from "./journey.mjs";

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

const problem = (type, status, detail) => ({
	status,
	contentType: "application/problem+json",
	body: JSON.stringify({ type: `urn:urne:problem:${type}`, title: "x", status, detail }),
});

/* A second board with the same key, from the state of this one. */
async function startTwin() {
	await vote.do("stop");
	const folder = join(vote.folder, "twin");
	cpSync(join(vote.folder, "board"), folder, { recursive: true });
	await vote.do("start");
	const board = spawn(process.env.URNE_BOARD, ["run", "--dir", folder, "--listen", "127.0.0.1:0", "--batch-ms", "20", "--pages", "none"]);
	let said = "";
	const port = await new Promise((resolve, reject) => {
		board.stderr.on("data", (piece) => {
			said += piece;
			const found = /"listening","address":"127\.0\.0\.1:(\d+)"/.exec(said);
			if (found !== null) {
				resolve(found[1]);
			}
		});
		board.on("exit", () => reject(new Error(said)));
	});
	return { board: `http://127.0.0.1:${port}`, end: () => board.kill() };
}

test("a whole vote sends the ballot and nothing else: no code, no choices, and nothing of them stays in storage", async () => {
	const visit = await openPage(browser, `${liar.board}/vote/${vote.uuid}#credential=${vote.members.anna}`);
	const { page } = visit;
	await page.waitForSelector("#code");
	await begin(page);
	await fill(page, [[["La liste", "Pour"]], [["Les places", "Alma Roux"]], [], [], GRADES, []]);
	await encrypt(page);
	await cast(page);
	const all = JSON.stringify(liar.asked);
	assert.ok(all.includes('\\"answers\\":'), "the ballot was seen");
	assert.deepEqual([...new Set(liar.asked.map(({ method }) => method))].sort(), ["GET", "HEAD", "POST"]);
	assert.ok(liar.asked.every(({ headers }) => headers.referer === undefined && headers.cookie === undefined));
	for (const secret of [vote.members.anna, vote.members.anna.replaceAll("-", ""), "credential=", "Alma", '"seed"', "%22for%22"]) {
		assert.ok(!all.includes(secret), `${secret} left the page`);
	}
	const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]));
	assert.equal(kept, '[{},{},"",null]');
	await visit.close();
});

/* Files below a folder in which a text stands, in either of the encodings of browsers. */
function filesWith(folder, text) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			return filesWith(path, text);
		}
		const bytes = entry.isFile() ? readFileSync(path) : Buffer.alloc(0);
		return ["latin1", "utf16le"].some((coding) => bytes.includes(Buffer.from(text, coding))) ? [entry.name] : [];
	});
}

test("a code that is typed is in no file of the browser; one in a link is, and the page says so", async () => {
	for (const linked of [false, true]) {
		const profile = mkdtempSync(join(tmpdir(), "urne-profile-"));
		const code = vote.members.emma;
		const context = await startBrowser({ profile });
		try {
			const page = await context.newPage();
			await page.goto(`${vote.board}/vote/${vote.uuid}${linked ? `#credential=${code}` : ""}`);
			await page.waitForSelector("#code");
			assert.equal(await page.locator(".notice.warn", { hasText: "historique" }).count(), linked ? 1 : 0);
			await page.fill("#code", code);
			await begin(page);
			await choose(page, "La liste", "Pour");
			await page.waitForTimeout(1000);
		} finally {
			await context.close();
		}
		assert.equal(filesWith(profile, code).length > 0, linked, `${filesWith(profile, code)}`);
		rmSync(profile, { recursive: true });
	}
});

test("a second link that is followed in the same tab leaves the address too, and is taken", async () => {
	const visit = await enter(browser, vote, null);
	const { page } = visit;
	await page.evaluate((code) => location.assign(`#credential=${code}`), vote.members.bruno);
	await page.waitForFunction(() => document.querySelector("#code").value !== "");
	assert.equal(await page.inputValue("#code"), vote.members.bruno);
	assert.equal(new URL(page.url()).hash, "");
	await begin(page);
	await choose(page, "La liste", "Pour");
	await page.evaluate((code) => location.assign(`#credential=${code}`), vote.members.chloe);
	await page.waitForFunction(() => location.hash === "");
	assert.ok(await page.getByRole("radio", { name: "Pour", exact: true }).isChecked(), "a vote that is under way stays");
	await visit.close();
});

test("answers that were given with one code are not shown to whoever types another", async () => {
	const visit = await enter(browser, vote, "anna");
	const { page } = visit;
	await begin(page);
	await choose(page, "La liste", "Contre");
	const back = () => page.getByRole("button", { name: "Retour" }).first().click();
	await back();
	await page.fill("#code", vote.members.anna);
	await begin(page);
	assert.ok(await page.getByRole("radio", { name: "Contre", exact: true }).isChecked(), "the same member loses nothing");
	await back();
	await page.fill("#code", vote.members.bruno);
	await begin(page);
	assert.equal(await page.locator("input:checked").count(), 0);
	await visit.close();
});

test("while a ballot is encrypted or cast, another language changes the words and nothing else", async () => {
	const visit = await enter(browser, vote, "anna");
	const { page } = visit;
	await begin(page);
	await fillShortest(page);
	// in one turn of the page: nothing of the work is done in between
	const during = await page.evaluate(() => {
		document.querySelector("button.main").click();
		document.getElementById("language").click();
		return [document.querySelector("h1").innerText, document.querySelectorAll("main button").length];
	});
	assert.match(during[0], /^Encrypting/);
	assert.equal(during[1], 0, "no button while it is encrypted");
	await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
	let go;
	const gate = new Promise((resolve) => (go = resolve));
	const posts = [];
	await page.route("**/ballots", async (route) => {
		posts.push(route.request().postData());
		await gate;
		await route.continue();
	});
	await page.locator("main button.main").dblclick();
	await page.waitForSelector("progress");
	await page.click("#language");
	assert.equal(await page.locator("main button").count(), 0, "no button while it is cast");
	assert.match(await main(page), /^Dépôt/);
	go();
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
	assert.equal(posts.length, 1, "one ballot for two clicks");
	await visit.close();
});

test("what stands in front of a board and fails decides nothing, and a refusal is the board's word", async () => {
	const visit = await enter(browser, vote, "bruno");
	const { page } = visit;
	await toEncrypted(page);
	const unsure = /nous ne savons pas si le bulletin est déposé/;
	for (const [answer, said] of [
		[{ status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }, unsure],
		[{ status: 503, contentType: "text/html", body: "busy" }, unsure],
		[{ status: 504, body: "" }, unsure],
		[{ status: 413, contentType: "text/html", body: "nginx" }, unsure],
		[{ status: 500, ...problem("ours", 500, "the board failed") }, unsure],
		[{ status: 302, headers: { Location: "/elsewhere" } }, unsure],
		[problem("busy", 503, "busy"), /dit que rien n’est enregistré/],
	]) {
		await page.route("**/ballots", (route) => route.fulfill(answer));
		await castButton(page).click();
		await page.waitForSelector(".notice.bad");
		assert.match(await main(page), said, JSON.stringify(answer));
		assert.equal(await page.locator("details").count(), 0, "what was signed is not opened any more");
		await page.unroute("**/ballots");
	}
	await visit.expectFaults(/answer 50|answer 413|status of|failed:|ERR_/);
	// the reasons of a refusal: French first, the board's English as a quotation
	await page.route("**/receipt/**", (route) => route.fulfill(problem("not-found", 404, "")));
	for (const [answer, said] of [
		[problem("proof", 422, "a proof does not verify"), /dit qu’elle refuse .* « a proof does not verify »/],
		[problem("form", 415, "send JSON"), /dit qu’elle refuse .* « send JSON »/],
		[problem("stage", 409, "voting has ended"), /ne prend pas de bulletins .* « voting has ended »/],
		[problem("too-large", 413, "at most 9 bytes"), /trop long .* « at most 9 bytes »/],
		[problem("unknown", 422, "nobody has this credential"), /pas sur la liste électorale/],
		[problem("proof", 422, `\u202e${"x".repeat(99999)}`), /« \?x{400,499} »/],
	]) {
		await page.route("**/ballots", (route) => route.fulfill(answer));
		await castButton(page).click();
		await page.waitForSelector(".notice.bad");
		assert.match(await main(page), said, JSON.stringify(answer).slice(0, 200));
		await page.unroute("**/ballots");
	}
	// the language of what went wrong is that of the page
	await page.click("#language");
	assert.match(await main(page), /says that it refuses the ballot/);
	await page.click("#language");
	await page.unroute("**/receipt/**");
	await visit.expectFaults(/answer 4|status of/);
	await cast(page);
	await visit.close();
});

test("a ballot whose answer was lost is found again when the next attempt is refused", async () => {
	const visit = await enter(browser, vote, "chloe");
	const { page } = visit;
	await toEncrypted(page);
	await page.route("**/ballots", async (route) => {
		await route.fetch();
		await route.abort();
	});
	await castButton(page).click();
	await page.waitForSelector(".notice.bad");
	await page.unroute("**/ballots");
	await page.route("**/ballots", (route) => route.fulfill(problem("stage", 409, "voting has ended")));
	await castButton(page).click();
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
	await visit.expectFaults(/ERR_|failed|409/);
	await visit.close();
});

test("two records under one key are told to whoever votes, with what proves it", async () => {
	const twin = await startTwin();
	try {
		// the twin's log goes another way: a ballot there, and another one here
		const there = await enter(browser, vote, "david");
		await there.page.route("**/bb/**", (route) => {
			const url = new URL(route.request().url());
			return route.continue({ url: `${twin.board}${url.pathname}` });
		});
		await toEncrypted(there.page);
		await cast(there.page);
		const trackerThere = await tracker(there.page);
		await there.page.context().close();
		const visit = await openPage(browser, "about:blank");
		const { page } = visit;
		await page.route("**/bb/**", (route) => {
			const url = new URL(route.request().url());
			return route.continue({ url: `${twin.board}${url.pathname}` });
		});
		await page.goto(`${vote.board}/vote/${vote.uuid}#credential=${vote.members.emma}`);
		await page.waitForSelector("#code");
		await toEncrypted(page);
		await page.unroute("**/bb/**");
		await castButton(page).click();
		await page.getByRole("heading", { name: "Deux registres différents" }).waitFor();
		const text = await main(page);
		assert.ok(!/Vote enregistré/.test(text), "no success");
		assert.match(await page.locator("main pre").innerText(), new RegExp(`/bb/${vote.uuid}\n`), "the signed lines that were seen first");
		const { text: receipt } = await saved(page, "Télécharger le reçu");
		assert.match(receipt, /urne-receipt/);
		await page.context().close();
		// whoever looks for a ballot of the other record in this one is told the same
		const other = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
		await other.page.waitForSelector("#tracker");
		await other.page.route("**/receipt/**", (route) => {
			const url = new URL(route.request().url());
			return route.continue({ url: `${twin.board}${url.pathname}` });
		});
		await other.page.fill("#tracker", trackerThere);
		await other.page.keyboard.press("Enter");
		await other.page.waitForSelector("#tracker-fault");
		assert.match(await other.page.locator("#tracker-fault").innerText(), /ne continue pas/);
		await other.close();
	} finally {
		twin.end();
	}
});

test("a journal that is gone is an alarm for whoever saw it", async () => {
	const visit = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
	const { page } = visit;
	await page.waitForSelector(".figures");
	await page.route("**/bb/journal/**", (route) => route.fulfill(problem("not-found", 404, "")));
	await page.waitForSelector(".notice.bad");
	assert.match(await main(page), /ne continue pas/);
	await visit.expectFaults(/404/);
	await visit.close();
});

test("an opened ballot stays opened in another language, and is never cast", async () => {
	const visit = await enter(browser, vote, "anna");
	const { page } = visit;
	await toEncrypted(page);
	const fingerprint = await page.locator(".tracker").first().evaluate((node) => node.textContent);
	await page.locator("details summary").click();
	await page.getByRole("button", { name: "Ouvrir ce bulletin" }).click();
	await page.getByRole("heading", { name: "Ce bulletin est ouvert" }).waitFor();
	await page.click("#language");
	await page.getByRole("heading", { name: "This ballot is opened" }).waitFor();
	await page.click("#language");
	const { text } = await saved(page, "Télécharger le bulletin ouvert");
	assert.ok(!text.includes('"signature"'));
	await page.getByRole("button", { name: "Chiffrer un nouveau bulletin" }).click();
	await page.getByRole("heading", { name: "Votre bulletin est chiffré" }).waitFor();
	assert.notEqual(await page.locator(".tracker").first().evaluate((node) => node.textContent), fingerprint);
	await visit.close();
});

test("a command that the browser does not let a page copy is said to be selected by hand", async () => {
	const visit = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
	const { page } = visit;
	await page.waitForSelector("#how");
	await page.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
	});
	await page.locator("#how button").first().click();
	await page.waitForFunction(() => document.getElementById("live").textContent.includes("sélectionnez"));
	await visit.close();
});

test("a tile that does not come leaves the receipt as good as it is, and says what was not compared", async () => {
	const visit = await enter(browser, vote, "david");
	const { page } = visit;
	await toEncrypted(page);
	await page.route("**/tile/**", (route) => route.abort());
	await castButton(page).click();
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
	assert.match(await main(page), /n’a pas pu être comparé/);
	await visit.expectFaults(/ERR_|failed/);
	await visit.close();
});

test("a mirror that keeps of a full tile only the whole serves the page all the same", async () => {
	const visit = await openPage(browser, "about:blank");
	const { page } = visit;
	const checkpoint = await (await fetch(`${vote.board}/bb/${vote.uuid}/checkpoint`)).text();
	const size = checkpoint.split("\n")[1];
	const whole = {};
	for (const level of ["0", "entries"]) {
		const answer = await fetch(`${vote.board}/bb/${vote.uuid}/tile/${level}/000.p/${size}`);
		whole[level] = Buffer.from(await answer.arrayBuffer());
	}
	// what grew behind this size stands after it
	whole["0"] = Buffer.concat([whole["0"], Buffer.alloc(32 * (256 - Number(size)))]);
	whole.entries = Buffer.concat([whole.entries, ...Array.from({ length: 256 - Number(size) }, () => Buffer.from([0, 1, 7]))]);
	await page.route(`**/${vote.uuid}/tile/**`, (route) => {
		const [, level, rest] = /tile\/(\w+)\/(.*)$/.exec(route.request().url());
		return rest.includes(".p/") ? route.fulfill({ status: 404, body: "" }) : route.fulfill({ body: whole[level] });
	});
	await page.goto(`${vote.board}/observe/${vote.uuid}`);
	await page.waitForSelector(".figures");
	await page.context().close();
});

test("going away and back begins anew: no code, no answers", async () => {
	const visit = await enter(browser, vote, "anna");
	const { page } = visit;
	page.on("dialog", (dialog) => dialog.accept());
	await begin(page);
	await choose(page, "La liste", "Contre");
	await page.goto(`${vote.board}/receipt`);
	await page.waitForLoadState("networkidle");
	await page.goBack();
	await page.waitForSelector("#code");
	assert.equal(await page.inputValue("#code"), "");
	await page.reload();
	await page.waitForSelector("#code");
	assert.equal(await page.inputValue("#code"), "");
	await visit.close();
});

test("an item of a vote may be called like a part of the page", async () => {
	await vote.do("result");
	const path = `/bb/${vote.uuid}/outcome.json`;
	const renamed = (id) => (told) => {
		const outcome = JSON.parse(told.body.toString());
		outcome.items[0].id = id;
		told.body = JSON.stringify(outcome);
	};
	for (const id of ["live", "main", "how", "language", "constructor", "__proto__"]) {
		liar.change(path, renamed(id));
		const visit = await openPage(browser, `${liar.board}/result/${vote.uuid}`, { permissions: ["clipboard-write", "clipboard-read"] });
		const { page } = visit;
		await page.waitForSelector("#how");
		const before = await page.locator("main section").first().innerText();
		await page.locator("#how button").first().click();
		await page.waitForFunction(() => document.querySelector("body > #live").textContent !== "");
		assert.equal(await page.locator("main section").first().innerText(), before, id);
		await visit.close();
	}
	liar.change(path, (told) => (told.body = "{}"));
	const visit = await openPage(browser, `${liar.board}/result/${vote.uuid}`);
	await visit.page.waitForSelector(".notice.bad");
	await visit.close();
	liar.change(path, (told) => {
		const outcome = JSON.parse(told.body.toString());
		told.body = JSON.stringify({ ...outcome, items: [{ id: "x" }] });
	});
	const broken = await openPage(browser, `${liar.board}/result/${vote.uuid}`);
	await broken.page.waitForSelector(".notice.bad");
	await broken.close();
	liar.change(path);
});

test("an outcome with another turnout than the tally in the record is refused", async () => {
	const path = `/bb/${vote.uuid}/outcome.json`;
	for (const change of [(t) => (t.voters += 1), (t) => (t.votes -= 1), (t) => delete t.voters]) {
		liar.change(path, (told) => {
			const outcome = JSON.parse(told.body.toString());
			change(outcome.turnout);
			told.body = JSON.stringify(outcome);
		});
		const visit = await openPage(browser, `${liar.board}/result/${vote.uuid}`);
		await visit.page.waitForSelector(".notice.bad");
		assert.match(await main(visit.page), /participation que l’urne publie n’est pas celle/);
		await visit.close();
	}
	liar.change(path);
	const honest = await openPage(browser, `${liar.board}/result/${vote.uuid}`);
	await honest.page.waitForSelector(".figures");
	await honest.close();
});
