// SPDX-License-Identifier: EUPL-1.2
// What the tests in a browser share: a real board with a vote on it, Debian's Chromium, pages on which
// nothing may go wrong unseen, accessibility, pictures, and somebody between board and browser who lies.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const TOP = process.env.TOP ?? join(dirname(fileURLToPath(import.meta.url)), "../..");
export const URNE = process.env.URNE ?? join(TOP, "build/bin/urne");
export const URNE_VERIFY = process.env.URNE_VERIFY ?? join(TOP, "build/bin/urne-verify");
const URNE_BOARD = process.env.URNE_BOARD ?? join(TOP, "build/bin/urne-board");
const CHROMIUM = process.env.URNE_CHROMIUM ?? "/usr/bin/chromium";
// Pictures for people: of every screen that was checked for accessibility.
export const SHOTS = process.env.URNE_BOOTH_SHOTS ?? join(TOP, "build/booth-shots");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"];

// --- a board ---

/**
 * A board of its own with the small vote of tests/support/, open for votes: {board, uuid, key, folder, members}.
 * do("ballots"), do("result") and so on are the commands of tests/support/booth-board.sh; add("lists") brings one more
 * election to the board and gives its {board, uuid, key, members}. `pages` is a folder in place of booth/.
 */
export async function startVote({ pages = join(TOP, "booth"), test = true } = {}) {
	const work = mkdtempSync(join(tmpdir(), "urne-booth-"));
	const env = {
		...process.env,
		TOP,
		URNE,
		URNE_VERIFY,
		URNE_BOARD,
		TEST: test ? "yes" : "no",
	};
	const script = spawn("bash", [join(TOP, "tests/support/booth-board.sh"), join(work, "vote"), pages], {
		env,
		stdio: ["pipe", "pipe", "pipe"],
	});
	let said = "";
	script.stderr.on("data", (piece) => (said += piece));
	const lines = createInterface({ input: script.stdout })[Symbol.asyncIterator]();
	const line = async () => {
		const { value, done } = await lines.next();
		assert.ok(!done, `the board of the tests ended: ${said}`);
		return JSON.parse(value);
	};
	const ended = new Promise((resolve) => script.on("exit", resolve));
	const first = await line();
	const command = async (what) => {
		script.stdin.write(`${what}\n`);
		const { done, ...made } = await line();
		assert.equal(done, what);
		return made;
	};
	return {
		...first,
		async do(what) {
			assert.deepEqual(await command(what), {});
		},
		async add(what) {
			return { ...first, ...(await command(`add ${what}`)) };
		},
		async end() {
			script.stdin.end();
			await ended;
			rmSync(work, { recursive: true, force: true });
		},
	};
}

/**
 * Somebody between the board and the browser: change(path, how) has every answer to a GET of that path
 * go through how({status, headers, body}), which changes it in place; without `how` it is honest again. `asked` has every
 * request as it came, {method, url, headers, body}, bodies in Latin-1.
 */
export async function startLiar(board) {
	const to = new URL(board);
	const changes = new Map();
	const asked = [];
	const server = http.createServer((request, response) => {
		const own = { method: request.method, url: request.url, headers: request.headers, body: "" };
		asked.push(own);
		request.on("data", (piece) => (own.body += piece.toString("latin1")));
		const headers = { ...request.headers, host: to.host };
		// what is changed has to be readable
		delete headers["accept-encoding"];
		delete headers["if-none-match"];
		const pass = http.request(
			{ host: to.hostname, port: to.port, method: request.method, path: request.url, headers },
			async (answer) => {
				const pieces = [];
				for await (const piece of answer) {
					pieces.push(piece);
				}
				const told = { status: answer.statusCode, headers: { ...answer.headers }, body: Buffer.concat(pieces) };
				changes.get(request.url)?.(told);
				told.headers["content-length"] = Buffer.byteLength(told.body);
				response.writeHead(told.status, told.headers);
				response.end(told.body);
			},
		);
		pass.on("error", () => response.destroy());
		request.pipe(pass);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		board: `http://127.0.0.1:${server.address().port}`,
		asked,
		change(path, how) {
			if (how === undefined) {
				changes.delete(path);
			} else {
				changes.set(path, how);
			}
		},
		async end() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

// --- a browser ---

/** startBrowser: Debian's Chromium; with a folder `profile`, a context that keeps there what a browser keeps. */
export function startBrowser({ profile } = {}) {
	const asRoot = process.getuid?.() === 0;
	const options = {
		executablePath: CHROMIUM,
		args: ["--disable-dev-shm-usage", "--disable-gpu", ...(asRoot ? ["--no-sandbox"] : [])],
	};
	return profile === undefined
		? chromium.launch(options)
		: chromium.launchPersistentContext(profile, { ...options, locale: "fr-FR" });
}

/**
 * A page in a context of its own. Whatever goes wrong on it is a fault: a line of the console that is an
 * error, an exception, a violation of the policy, a request that fails or is answered with 400 or more, a
 * request to another origin. close() fails when there is one. expectFaults(/piece/) takes those that a
 * test wants, and fails when there is none.
 */
export async function openPage(browser, url, { width = 390, height = 844, scheme = "light", locale = "fr-FR", ...more } = {}) {
	const context = await browser.newContext({
		viewport: { width, height },
		colorScheme: scheme,
		locale,
		reducedMotion: "reduce", // or colours are seen on their way to others
		...more,
	});
	context.setDefaultTimeout(60000); // for whatever is waited for, on the slowest machine
	const page = await context.newPage();
	const { origin } = new URL(url);
	let faults = [];
	// a binding calls from the page, whatever its policy is
	await page.exposeBinding("urneViolation", (_, what) => void faults.push(what));
	await page.addInitScript(() => {
		addEventListener("securitypolicyviolation", (event) =>
			globalThis.urneViolation(`violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
		);
	});
	page.on("console", (message) => {
		if (message.type() === "error") {
			faults.push(`console: ${message.text()}`);
		}
	});
	page.on("pageerror", (error) => void faults.push(`exception: ${error.message}`));
	page.on("request", (request) => {
		const to = new URL(request.url());
		if (to.origin !== origin && to.protocol !== "blob:" && to.protocol !== "data:") {
			faults.push(`another origin: ${request.url()}`);
		}
	});
	page.on("requestfailed", (request) => {
		const why = request.failure()?.errorText;
		// the browser asks for the icon when it likes, and gives up when the page is left meanwhile
		if (why !== "net::ERR_ABORTED" || !request.url().endsWith("/pages/icon.svg")) {
			faults.push(`failed: ${request.url()} ${why}`);
		}
	});
	page.on("response", (response) => {
		if (response.status() >= 400) {
			faults.push(`answer ${response.status()}: ${response.url()}`);
		}
	});
	await page.goto(url, { waitUntil: "load" });
	return {
		page,
		get faults() {
			return [...faults];
		},
		// the browser tells of a fault a moment after it happened
		async faulty(piece = /^/) {
			for (let i = 0; i < 600 && !faults.some((fault) => piece.test(fault)); i++) {
				await page.waitForTimeout(50);
			}
		},
		async expectFaults(piece) {
			await this.faulty(piece);
			const left = faults.filter((fault) => !piece.test(fault));
			assert.ok(left.length < faults.length, `no fault ${piece} among: ${faults.join("\n")}`);
			faults = left;
		},
		async close() {
			await page.waitForTimeout(50);
			await context.close();
			assert.deepEqual(faults, [], "faults on the page");
		},
	};
}

// --- what people see ---

/** The rules that the present screen breaks, each with the first place: [] is what is wanted. */
export async function axe(page) {
	// evaluate goes past the page's policy, which lets no script in
	await page.evaluate(AXE);
	return page.evaluate(async (tags) => {
		const { violations } = await globalThis.axe.run(document, {
			runOnly: { type: "tag", values: tags },
			resultTypes: ["violations"],
		});
		return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html}`);
	}, AXE_TAGS);
}

/** A picture of the whole present screen, for people. */
export async function picture(page, name) {
	mkdirSync(SHOTS, { recursive: true });
	await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

// 320 px are also a window of 640 at 200 %.
const SCREENS = [
	{ width: 320, scheme: "dark" },
	{ width: 1280, scheme: "light" },
];

/** The present screen does not scroll sideways; `what` says at which width it is. */
export async function assertFits(page, what) {
	const over = await page.evaluate(() => {
		const root = document.documentElement;
		const wide = [...document.querySelectorAll("main *")].find(
			(node) => node.getBoundingClientRect().right > root.clientWidth + 1 && node.closest(".scroll, pre, .unseen") === null,
		);
		return { px: root.scrollWidth - root.clientWidth, at: wide?.outerHTML.slice(0, 200) };
	});
	assert.ok(over.px <= 0 && over.at === undefined, `${what} is ${over.px} px too wide: ${over.at}`);
}

/**
 * The present screen breaks no rule and does not scroll sideways, on a small phone by night and on a desk by
 * day; a picture of each is kept. The page is as before afterwards.
 */
export async function assertAccessible(page, name) {
	const before = page.viewportSize();
	for (const { width, scheme } of SCREENS) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme: scheme });
		await picture(page, `${name}-${width}-${scheme}`);
		assert.deepEqual(await axe(page), [], `${name} at ${width} px, ${scheme}`);
		await assertFits(page, `${name} at ${width} px`);
	}
	await page.setViewportSize(before);
	await page.emulateMedia({ colorScheme: null });
}

/**
 * Tab through the whole screen: whatever gets the focus shows it by an outline, lies in sight, and comes in the order in
 * which it is read. Returns how many stops there are.
 */
export async function assertFocusSeen(page) {
	await page.evaluate(() => {
		// from the beginning of the page on
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.removeAttribute("tabindex");
		globalThis.stops = [];
	});
	for (let i = 0; i < 150; i++) {
		await page.keyboard.press("Tab");
		const fault = await page.evaluate(() => {
			const node = document.activeElement;
			if (node === document.body || globalThis.stops.includes(node)) {
				return "end";
			}
			const shown = node.closest(".option") ?? node;
			const { outlineStyle, outlineWidth } = getComputedStyle(shown);
			const box = shown.getBoundingClientRect();
			const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 20)];
			const top = document.elementFromPoint(x, y);
			const last = globalThis.stops.at(-1);
			globalThis.stops.push(node);
			const faults = [
				[outlineStyle === "none" || parseFloat(outlineWidth) < 2, "shows no focus"],
				[top === null || !(shown.contains(top) || top.contains(shown)), "is covered or out of sight"],
				[last !== undefined && !(last.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING), "comes too late"],
			].filter(([is]) => is);
			return faults.length === 0 ? null : `${node.outerHTML.slice(0, 120)} ${faults.map(([, what]) => what).join(", ")}`;
		});
		if (fault === "end") {
			break;
		}
		assert.equal(fault, null);
	}
	return page.evaluate(() => globalThis.stops.length);
}
