// SPDX-License-Identifier: EUPL-1.2
// What a ballot of 40 options costs in a browser: Chromium encrypts, proves, signs and makes hints with the modules that a board
// serves, five times each. One JSON object per line, as the other benchmarks; URNE_BOOTH_PEER makes the elections.
//   TOP=$PWD node tests/bench/booth.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TOP = process.env.TOP ?? process.cwd();
const PEER = process.env.URNE_BOOTH_PEER ?? join(TOP, "build/gcc/tests/interop/booth_peer");
const { openPage, startBrowser, startVote } = await import(join(TOP, "tests/booth/harness.mjs"));
const answers = Array.from({ length: 40 }, (_, i) => `Option ${i}`);
const work = mkdtempSync(join(tmpdir(), "urne-bench-"));

// In the page: milliseconds of each ballot; the first one makes the tables of the election's key as well.
async function measure(bytes) {
	const at = (name) => new URL(`/pages/js/core/${name}.js`, location.href).href;
	const [{ prepare, seedDraw, sign }, { derive }, { readElection }] = await Promise.all(
		["ballot", "credential", "election"].map((name) => import(at(name))),
	);
	const election = await readElection(new TextEncoder().encode(bytes));
	const key = await derive(election, "xTq4u-QDSzBX-iNzUm-6MEfKR");
	const marks = [election.questions[0].answers.map((_, i) => Number(i === 7))];
	const times = [];
	for (let i = 0; i < 5; i++) {
		const start = performance.now();
		const prepared = await prepare(election, marks, key.publicText, await seedDraw(election, marks, key.secret));
		await sign(election, prepared, key.secret);
		times.push(performance.now() - start);
	}
	return times;
}

const vote = await startVote();
const browser = await startBrowser();
try {
	for (const group of ["Ed25519", "BELENIOS-2048"]) {
		for (const max of [1, 40]) {
			const questions = join(work, "questions.json");
			writeFileSync(questions, JSON.stringify([{ answers, min: 0, max, question: "which" }]));
			const election = execFileSync(PEER, ["election", group, questions], { encoding: "utf8" });
			const visit = await openPage(browser, `${vote.board}/receipt`);
			const times = await visit.page.evaluate(measure, election);
			const [first, best] = [times[0], Math.min(...times)].map((ms) => Math.round(ms * 1000));
			process.stdout.write(
				`${JSON.stringify({ bench: "booth_ballot", group, options: 40, max, best_us: best, first_us: first, repeats: times.length })}\n`,
			);
			await visit.close();
		}
	}
} finally {
	await browser.close();
	await vote.end();
	rmSync(work, { recursive: true });
}
