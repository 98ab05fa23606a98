// SPDX-License-Identifier: EUPL-1.2
// The pages as a browser takes them: the first page, and everything that must not run when somebody
// between board and browser changes it (threat A32). The harness itself is held to find planted faults.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertAccessible, axe, openPage, startBrowser, startLiar, startVote } from "./harness.mjs";

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

const shown = (page) => page.waitForSelector("body[data-state=shown]");
// Whether the page's module ran, a moment after everything has arrived.
async function ran(page) {
	await page.waitForLoadState("networkidle");
	await page.waitForTimeout(100);
	return page.evaluate(() => document.body.dataset.state !== undefined);
}

test("the first page lists the votes of the board, and is accessible", async () => {
	const visit = await openPage(browser, `${vote.board}/`);
	await visit.page.waitForSelector(`a[href$="/vote/${vote.uuid}"]`);
	await assertAccessible(visit.page, "index");
	await visit.close();
});

test("the pages of a vote open without a fault", async () => {
	for (const path of [`vote/${vote.uuid}`, `observe/${vote.uuid}`, `result/${vote.uuid}`, "receipt", "audit"]) {
		const visit = await openPage(browser, `${vote.board}/${path}`);
		await visit.page.waitForLoadState("networkidle");
		await shown(visit.page);
		await visit.page.waitForSelector("progress", { state: "detached" });
		assert.equal(await visit.page.locator(".notice.bad").count(), 0, `${path} shows a fault`);
		await visit.close();
	}
});

test("what the booth loads is compressed and has less than 100 KB", async (t) => {
	// of a browser that has nothing yet
	const context = await browser.newContext();
	const page = await context.newPage();
	const loaded = [];
	page.on("response", (response) => loaded.push(response));
	await page.goto(`${vote.board}/vote/${vote.uuid}`);
	await page.waitForSelector("#code");
	const sizes = await Promise.all(
		loaded
			.filter((response) => !new URL(response.url()).pathname.startsWith("/bb/"))
			.map(async (response) => {
				const headers = await response.allHeaders();
				const size = Number(headers["content-length"]);
				// what is tiny only grows
				assert.ok(headers["content-encoding"] === "gzip" || size < 500, response.url());
				return size;
			}),
	);
	const sum = sizes.reduce((a, b) => a + b, 0);
	t.diagnostic(`${sizes.length} files, ${sum} bytes`);
	assert.ok(sizes.length > 20 && sum < 100 * 1024, `${sizes.length} files have ${sum} bytes`);
	await context.close();
});

test("through an honest proxy everything runs", async () => {
	const visit = await openPage(browser, `${liar.board}/`);
	await shown(visit.page);
	await visit.close();
});

test("a module that another one imports does not run when one byte of it is changed", async () => {
	const path = "/pages/js/core/loglist.js";
	liar.change(path, (told) => (told.body = told.body.toString().replace("journal", "Journal")));
	const visit = await openPage(browser, `${liar.board}/`);
	liar.change(path);
	assert.equal(await ran(visit.page), false);
	await visit.expectFaults(/integrity|loglist\.js/);
	await visit.close();
});

test("neither does the page's own module, nor the one that names the board", async () => {
	for (const path of ["/pages/js/pages/index.js", "/pages/js/pinned.js"]) {
		liar.change(path, (told) => (told.body = `${told.body}\n`));
		const visit = await openPage(browser, `${liar.board}/`);
		liar.change(path);
		assert.equal(await ran(visit.page), false, path);
		await visit.expectFaults(/integrity|\.js/);
		await visit.close();
	}
});

test("a style sheet that is changed is not used", async () => {
	liar.change("/pages/style.css", (told) => (told.body = `${told.body} body { display: none }`));
	const visit = await openPage(browser, `${liar.board}/`);
	liar.change("/pages/style.css");
	await shown(visit.page);
	assert.notEqual(await visit.page.evaluate(() => getComputedStyle(document.body).display), "none");
	await visit.expectFaults(/integrity|style\.css/);
	await visit.close();
});

test("a module without a hash does not run, even when the import map loses it", async () => {
	liar.change("/", (told) => {
		told.body = told.body.toString().replace(/ integrity="sha256-[^"]*"><\/script>/, "></script>")
			.replace(/<script type="importmap">.*?<\/script>/, "");
	});
	const visit = await openPage(browser, `${liar.board}/`);
	liar.change("/");
	assert.equal(await ran(visit.page), false);
	await visit.expectFaults(/Integrity-Policy|integrity/i);
	await visit.close();
});

test("a script that is planted in the page does not run, and the harness sees it", async () => {
	for (const planted of [
		"<script>document.body.dataset.state = 'owned'</script>",
		"<img src=x onerror=\"document.body.dataset.state = 'owned'\">",
		"<script src=\"data:text/javascript,document.body.dataset.state = 'owned'\"></script>",
	]) {
		liar.change("/", (told) => (told.body = told.body.toString().replace("</main>", `</main>${planted}`)));
		const visit = await openPage(browser, `${liar.board}/`);
		liar.change("/");
		await shown(visit.page);
		await visit.expectFaults(/violation: script-src/);
		await visit.expectFaults(/./);
		await visit.close();
	}
});

test("an import map with other hashes is not obeyed", async () => {
	liar.change("/", (told) => (told.body = told.body.toString().replace(/"sha256-/g, '"sha256-A')));
	const visit = await openPage(browser, `${liar.board}/`);
	liar.change("/");
	assert.equal(await ran(visit.page), false);
	await visit.expectFaults(/violation: script-src/);
	await visit.expectFaults(/./);
	await visit.close();
});

test("a text does not become a page: innerHTML is refused by the browser", async () => {
	const visit = await openPage(browser, `${vote.board}/`);
	await shown(visit.page);
	await assert.rejects(
		visit.page.evaluate(() => {
			document.getElementById("main").innerHTML = "<b>x</b>";
		}),
		/TrustedHTML/,
	);
	await visit.expectFaults(/violation: require-trusted-types-for/);
	await visit.expectFaults(/./);
	await visit.close();
});

test("a request to another origin is refused, and the harness sees it", async () => {
	const visit = await openPage(browser, `${vote.board}/`);
	await shown(visit.page);
	assert.equal(await visit.page.evaluate(() => fetch("http://127.0.0.2:9/").then(() => "sent", () => "refused")), "refused");
	await visit.expectFaults(/violation: connect-src/);
	await visit.expectFaults(/./);
	await visit.close();
});

test("the harness finds faults of accessibility that are planted", async () => {
	const visit = await openPage(browser, `${vote.board}/`);
	await shown(visit.page);
	assert.deepEqual(await axe(visit.page), []);
	await visit.page.evaluate(() => {
		const input = document.createElement("input");
		document.getElementById("main").append(input);
	});
	assert.ok((await axe(visit.page)).some((fault) => fault.startsWith("label:")));
	await visit.close();
});

test("the harness fails a visit on which something went wrong", async () => {
	for (const wrong of [
		() => console.error("wrong"),
		() => setTimeout(() => { throw new Error("wrong"); }, 0),
		() => void fetch("bb/journal/nothing"),
	]) {
		const visit = await openPage(browser, `${vote.board}/`);
		await shown(visit.page);
		await visit.page.evaluate(wrong);
		await visit.faulty();
		await assert.rejects(visit.close(), /faults on the page/);
	}
});
