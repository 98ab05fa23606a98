// SPDX-License-Identifier: EUPL-1.2
// What a member does on the pages, as steps that tests put together. Texts are the French ones.
import { readFileSync } from "node:fs";

import { openPage } from "./harness.mjs";

/** enter: the booth of a vote, with the member's code in the link; the code step is on the screen. */
export async function enter(browser, vote, member, options) {
	const code = member === null ? "" : `#credential=${vote.members[member]}`;
	const visit = await openPage(browser, `${options?.board ?? vote.board}/vote/${vote.uuid}${code}`, options);
	await visit.page.waitForSelector("#code");
	return visit;
}

/** begin: past the code. */
export async function begin(page) {
	await page.click("#go");
	await page.waitForSelector(".tally-bar");
}

/** next: the button that leads on from the present screen. */
export async function next(page) {
	await page.locator("button.main").first().click();
}

/** main: the words of the screen, with spaces that are plain. */
export const main = async (page) => (await page.locator("main").innerText()).replace(/[\u00a0\u202f]/g, " ");

/** castButton: the button that casts. */
export const castButton = (page) => page.getByRole("button", { name: "Déposer mon bulletin" });

const title = (page) => page.locator("h1").innerText();

/** onward: the next page of the vote; waits until it is another one. */
export async function onward(page) {
	const before = await title(page);
	await next(page);
	await page.waitForFunction((text) => document.querySelector("h1")?.innerText !== text, before);
}

/** choose: the option with this label, in the group of fields with this legend. */
export async function choose(page, legend, label) {
	const group = page.locator("fieldset", { has: page.locator("legend", { hasText: legend }) });
	const name = { name: label, exact: true };
	await group.getByRole("radio", name).or(group.getByRole("checkbox", name)).check();
}

/**
 * fill: answers, one array of [legend, label] for each page of the vote, from the first one on; the review is on the
 * screen then.
 */
export async function fill(page, answers) {
	for (const those of answers) {
		for (const [legend, label] of those) {
			await choose(page, legend, label);
		}
		await onward(page);
	}
}

/** encrypt: from the review to the ballot that is encrypted and not cast. */
export async function encrypt(page) {
	await next(page);
	await page.getByRole("heading", { name: "Votre bulletin est chiffré" }).waitFor();
}

/** cast: from there to the receipt. */
export async function cast(page) {
	await page.getByRole("button", { name: "Déposer mon bulletin" }).click();
	await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
}

/** saved: what is downloaded when `button` is pressed, as {name, path, text}. */
export async function saved(page, button) {
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: button }).click(),
	]);
	const path = await download.path();
	return { name: download.suggestedFilename(), path, text: readFileSync(path, "utf8") };
}

/** tracker: the one on the receipt, without the spaces that only style makes. */
export function tracker(page) {
	return page.locator("#tracker").evaluate((node) => node.textContent);
}

/** GRADES: the one page of the small vote that must be answered. */
export const GRADES = [
	["Jardin", "Bien"],
	["Piscine", "Bien"],
	["Halle", "Moyen"],
];
const SHORTEST = [[], [], [], [], GRADES, []];

/** fillShortest: fill with the fewest answers that can be cast. */
export function fillShortest(page) {
	return fill(page, SHORTEST);
}

/** toEncrypted: from the code to the ballot that is encrypted and not cast, with the fewest answers. */
export async function toEncrypted(page) {
	await begin(page);
	await fillShortest(page);
	await encrypt(page);
}
