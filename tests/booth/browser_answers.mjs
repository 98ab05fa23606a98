// SPDX-License-Identifier: EUPL-1.2
// Answers as no board gives them: none, late, without end, spoilt, of another board's form; and definitions that are hostile,
// or not the sealed one.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";

import { openPage, startBrowser, startLiar, startVote } from "./harness.mjs";
import { cast, castButton, enter, main, toEncrypted } from "./journey.mjs";

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

test("whatever does not arrive at the start is said, and trying again goes on", async () => {
	const paths = [];
	const first = await openPage(browser, "about:blank");
	first.page.on("request", (request) => paths.push(new URL(request.url()).pathname));
	await first.page.goto(`${vote.board}/vote/${vote.uuid}`);
	await first.page.waitForSelector("#code");
	await first.page.context().close();
	const data = [...new Set(paths.filter((path) => path.startsWith("/bb/")))];
	assert.ok(data.length >= 6, data.join(" "));
	for (const path of data) {
		const { page } = await openPage(browser, "about:blank");
		await page.route(`**${path}`, (route) => route.abort(), { times: 1 });
		await page.goto(`${vote.board}/vote/${vote.uuid}`);
		await page.waitForSelector(".notice.bad");
		assert.match(await main(page), /ne répond pas/, path);
		await page.getByRole("button", { name: "Réessayer" }).click();
		await page.waitForSelector("#code");
		await page.context().close();
	}
});

/* The page's own clock, which tests move on; what the browser counts by itself goes by it too. */
async function withClock(page) {
	await page.clock.install();
	await page.addInitScript(() => {
		AbortSignal.timeout = (ms) => {
			const controller = new AbortController();
			setTimeout(() => controller.abort(new DOMException("late", "TimeoutError")), ms);
			return controller.signal;
		};
	});
}

/* Two minutes are waited for an answer, and no longer. */
async function assertPatience(page, said) {
	await page.clock.fastForward(115_000);
	await page.waitForTimeout(200);
	assert.equal(await page.locator(".notice.bad").count(), 0, "it is waited for");
	await page.clock.fastForward(10_000);
	await page.waitForSelector(".notice.bad");
	assert.match(await main(page), said);
}

test("an answer that does not come, or stops on its way, is given up after two minutes", async () => {
	const stuck = http.createServer((_, response) => {
		response.writeHead(200, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
		response.write("{");
	});
	await new Promise((resolve) => stuck.listen(0, "127.0.0.1", resolve));
	const { port } = stuck.address();
	const visit = await openPage(browser, "about:blank");
	const { page } = visit;
	await withClock(page);
	await page.route("**/status", () => {});
	const asked = page.waitForRequest("**/status");
	await page.goto(`${vote.board}/vote/${vote.uuid}#credential=${vote.members.david}`);
	await asked;
	await assertPatience(page, /ne répond pas/);
	await page.unroute("**/status");
	await page.route("**/status", (route) => route.continue({ url: `http://127.0.0.1:${port}/` }));
	const begun = page.waitForResponse(`http://127.0.0.1:${port}/`);
	await page.getByRole("button", { name: "Réessayer" }).click();
	await begun;
	await assertPatience(page, /ne répond pas/);
	await page.unroute("**/status");
	await page.getByRole("button", { name: "Réessayer" }).click();
	await page.waitForSelector("#code");
	await toEncrypted(page);
	await page.route("**/ballots", () => {});
	const sent = page.waitForRequest("**/ballots");
	await castButton(page).click();
	await sent;
	await assertPatience(page, /nous ne savons pas si le bulletin est déposé/);
	await page.unroute("**/ballots");
	await cast(page);
	await page.context().close();
	stuck.closeAllConnections();
	stuck.close();
});

test("titles of a sealed definition that would be a page stay titles on the first page", async () => {
	const hostile = await vote.add("hostile");
	const visit = await openPage(browser, `${vote.board}/`);
	const { page } = visit;
	const card = page.locator("section.card", { has: page.locator(`a[href$="/vote/${hostile.uuid}"]`) });
	await card.waitFor();
	for (const part of ["h2", ".eyebrow"]) {
		assert.ok((await card.locator(part).innerText()).endsWith('<script>1</script>{brand}${1}&amp;'), part);
	}
	assert.equal(await page.locator("main img, main script").count(), 0);
	assert.equal(await page.evaluate(() => document.body.dataset.owned), undefined);
	await visit.close();
});

test("a definition that is not the sealed one is refused in its place on the first page, and the others stay", async () => {
	const path = `/bb/${vote.uuid}/vote.json`;
	const sealed = await (await fetch(`${vote.board}${path}`)).text();
	const title = JSON.parse(sealed).title.fr;
	for (const body of [sealed.replace(title, `\u202e${title}`), "{}", "[".repeat(1 << 20), "", "\ufeff<html>"]) {
		liar.change(path, (told) => (told.body = body));
		const visit = await openPage(browser, `${liar.board}/`);
		const cards = visit.page.locator("section.card");
		await cards.first().waitFor();
		const refused = cards.filter({ hasText: vote.uuid });
		assert.match((await refused.innerText()).replace(/\u00a0/g, " "), /textes publiés ne sont pas ceux/);
		assert.ok(!(await main(visit.page)).includes(`\u202e${title}`));
		assert.equal(await refused.locator("a").count(), 0, "and nobody is led on");
		assert.ok((await cards.count()) > 1);
		assert.equal(await cards.filter({ has: visit.page.locator("a") }).count(), (await cards.count()) - 1);
		await visit.close();
	}
	liar.change(path);
});

/* A mirror that sends without end: {url, sent}, for as long as somebody reads. */
async function startEndless() {
	const mirror = { sent: 0 };
	const piece = Buffer.alloc(1 << 20, " ");
	const server = http.createServer((_, response) => {
		const more = () => {
			while (!response.destroyed && mirror.sent < 1 << 28) {
				mirror.sent += piece.length;
				if (!response.write(piece)) {
					response.once("drain", more);
					return;
				}
			}
		};
		response.writeHead(200, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
		more();
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	mirror.url = `http://127.0.0.1:${server.address().port}`;
	mirror.end = () => {
		server.closeAllConnections();
		server.close();
	};
	return mirror;
}

test("an answer that is longer than any board's is not read to its end, and the page says so", async () => {
	const endless = await startEndless();
	try {
		const visit = await enter(browser, vote, "chloe");
		const { page } = visit;
		await toEncrypted(page);
		// the answer is taken in pieces, as from a network: the test's own answers come whole
		await page.route("**/ballots", (route) => route.continue({ url: `${endless.url}/` }));
		await castButton(page).click();
		await page.waitForSelector(".notice.bad");
		assert.match(await main(page), /trop longue pour être celle d’une urne : nous ne savons pas/);
		assert.ok(endless.sent < 1 << 26, `${endless.sent} bytes were read`);
		await visit.expectFaults(/ERR_ABORTED/); // which is what a page can do
		await page.unroute("**/ballots");
		await cast(page);
		await visit.close();
		const observe = await openPage(browser, "about:blank");
		await observe.page.route("**/status", (route) => route.continue({ url: `${endless.url}/` }));
		await observe.page.goto(`${vote.board}/observe/${vote.uuid}`);
		await observe.page.waitForSelector(".notice.bad");
		assert.match(await main(observe.page), /trop longue pour être celle d’une urne : cette page n’en a pas lu la fin/);
		await observe.page.context().close();
	} finally {
		endless.end();
	}
});

test("a status that no board would give is no page, and says so", async () => {
	const path = `/bb/${vote.uuid}/status`;
	const honest = JSON.parse(await (await fetch(`${vote.board}${path}`)).text());
	for (const [change, pages] of [
		[{ stage: "constructor" }, ["vote", "observe", "result"]],
		[{ journal: "__proto__" }, ["vote"]],
		[{ closes: "soon" }, ["vote", "observe"]],
		[{ ballots: "9007199254740993" }, ["observe"]],
		[{ election: "AAAAAAAAAAAAAA" }, ["vote"]],
	]) {
		liar.change(path, (told) => (told.body = JSON.stringify({ ...honest, ...change })));
		for (const name of pages) {
			const visit = await openPage(browser, `${liar.board}/${name}/${vote.uuid}`);
			await visit.page.waitForSelector(".notice.bad");
			assert.match(await main(visit.page), /n’est pas celle d’une urne/, `${name} ${JSON.stringify(change)}`);
			await visit.close();
		}
		const index = await openPage(browser, `${liar.board}/`);
		await index.page.waitForSelector("section.card");
		assert.match(await main(index.page), /n’est pas celle d’une urne/, "its place on the first page says so");
		await index.close();
	}
	liar.change(path);
});

test("an answer that is spoilt on the way is no alarm, and the next look goes on", async () => {
	const visit = await openPage(browser, `${vote.board}/observe/${vote.uuid}`);
	const { page } = visit;
	await page.waitForSelector(".figures");
	await page.route("**/checkpoint", (route) => route.fulfill({ body: "<html>Please log in to this network</html>" }));
	await page.waitForSelector("#trouble .notice");
	assert.equal(await page.locator(".notice.bad").count(), 0);
	await page.unroute("**/checkpoint");
	await page.waitForSelector("#trouble .notice", { state: "detached" });
	await visit.close();
});
