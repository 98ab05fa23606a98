// SPDX-License-Identifier: EUPL-1.2
// Words in two languages. A message has a key and may have places for values, {name}; where it depends
// on a number, its key has the forms .one and .other, chosen by the value called n. Which language
// is the reader's choice, else the browser's, else French. The choice is the one thing a page keeps.

import { en } from "../messages/en.js";
import { fr } from "../messages/fr.js";

const messages = { fr: { ...fr }, en: { ...en } };
const KEPT = "urne.language";

/** learn adds messages: {fr, en}, with the same keys. */
export function learn(more) {
	for (const [language, words] of Object.entries(more)) {
		Object.assign(messages[language], words);
	}
}

function chosen() {
	try {
		return localStorage.getItem(KEPT);
	} catch {
		return null; // storage is switched off: the browser's language then
	}
}

function first() {
	const wanted = [chosen(), ...(navigator.languages ?? [])].map((l) => String(l).slice(0, 2));

	return wanted.find((l) => l in messages) ?? "fr";
}

const state = { language: first(), listeners: [] };

/** onLanguage: f is called when the reader chooses another language. */
export function onLanguage(f) {
	state.listeners.push(f);
}

/** number: a whole number or BigInt as people write it. */
export function number(n) {
	return new Intl.NumberFormat(state.language).format(n);
}

/** share: hundredths of a percent, as an outcome has them, or a fraction n of d, as "12,34 %". */
export function share(n, d) {
	if (Number(d) === 0) {
		return "–";
	}
	return new Intl.NumberFormat(state.language, {
		style: "percent",
		minimumFractionDigits: 2,
		maximumFractionDigits: 2,
	}).format(Number(n) / Number(d));
}

/** moment: a Date with day and hour, and its zone. */
export function moment(date) {
	return new Intl.DateTimeFormat(state.language, {
		dateStyle: "long",
		timeStyle: "short",
		timeZone: undefined,
	}).format(date);
}

/** t: the message, values put in. A key that is missing is a fault of ours, which tests look for. */
export function t(key, values = {}) {
	const words = messages[state.language];
	const form =
		"n" in values
			? `${key}.${new Intl.PluralRules(state.language).select(Number(values.n)) === "one" ? "one" : "other"}`
			: key;
	const text = words[form] ?? words[key];

	if (text === undefined) {
		throw new Error(`no message ${form}`);
	}
	return text.replace(/\{(\w+)\}/g, (whole, name) => {
		const value = values[name];

		if (value === undefined) {
			throw new Error(`message ${form} needs ${name}`);
		}
		return typeof value === "number" || typeof value === "bigint" ? number(value) : value;
	});
}

/** has: whether there is such a message. */
export function has(key) {
	return key in messages[state.language];
}

/** textOf: a TEXT of a definition or an outcome, {"fr":…,"en":…}, in the page's language, else the first. */
export function textOf(text) {
	if (typeof text === "string") {
		return text;
	}
	return text?.[state.language] ?? Object.values(text ?? {})[0] ?? "";
}

/** langOf: the language that textOf takes, for the lang attribute; undefined when it is the page's. */
export function langOf(text) {
	if (typeof text === "string" || text === undefined || text === null || state.language in text) {
		return undefined;
	}
	return Object.keys(text)[0];
}

function translate() {
	document.documentElement.lang = state.language;
	for (const node of document.querySelectorAll("[data-t]")) {
		node.textContent = t(node.dataset.t);
	}
	for (const node of document.querySelectorAll("[data-t-label]")) {
		node.setAttribute("aria-label", t(node.dataset.tLabel));
	}
}

/**
 * begin puts the page's own HTML into the reader's language and makes the switch (button#language, which
 * names the other language, in that language) work.
 */
export function begin() {
	const button = document.getElementById("language");

	const label = () => {
		const other = state.language === "fr" ? "en" : "fr";

		button.textContent = messages[other]["language.name"];
		button.lang = other;
	};
	button.addEventListener("click", () => {
		state.language = state.language === "fr" ? "en" : "fr";
		try {
			localStorage.setItem(KEPT, state.language);
		} catch {
			// not kept, then: the next page asks the browser again
		}
		translate();
		label();
		state.listeners.forEach((f) => f());
	});
	translate();
	label();
}
