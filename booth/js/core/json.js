// SPDX-License-Identifier: EUPL-1.2
// JSON as every program of Urne reads it: no field twice, whole numbers only, bounded depth. The browser's
// own reader takes the last of two fields in silence, and two programs would see two documents (threat A30).
// Spec: docs/formats.md#json
import { Refusal } from "./refusal.js";

const MAX_DEPTH = 32;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const WORDS = { null: null, true: true, false: false };

class Reader {
	constructor(text) {
		this.text = text;
		this.at = 0;
	}

	place() {
		const before = this.text.slice(0, this.at).split("\n");
		return { line: before.length, column: before[before.length - 1].length + 1 };
	}

	fail(expected) {
		throw new Refusal("json.syntax", { ...this.place(), expected });
	}

	space() {
		SPACE.lastIndex = this.at;
		SPACE.exec(this.text);
		this.at = SPACE.lastIndex;
	}

	// The text that the pattern matches here, or null.
	match(pattern) {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text);
		if (found === null) {
			return null;
		}
		this.at = pattern.lastIndex;
		return found[0];
	}

	take(character) {
		if (this.text[this.at] !== character) {
			return false;
		}
		this.at++;
		return true;
	}

	string() {
		const start = this.at;
		let escaped = false;
		if (!this.take('"')) {
			this.fail("string");
		}
		// piece by piece: one pattern for all of a long string would exhaust the stack
		for (this.match(PLAIN); !this.take('"'); this.match(PLAIN)) {
			escaped = true;
			if (this.match(ESCAPE) === null) {
				this.fail("string");
			}
		}
		const raw = this.text.slice(start, this.at);
		if (!escaped) {
			return raw.slice(1, -1);
		}
		// only an escape can make half a pair: the text was UTF-8
		const value = JSON.parse(raw);
		return LONE_SURROGATE.test(value) ? this.fail("string") : value;
	}

	number() {
		const raw = this.match(NUMBER);
		const next = this.text[this.at] ?? "";
		if (raw === null || /[0-9.eE]/.test(next) || !Number.isSafeInteger(Number(raw))) {
			this.fail("whole number");
		}
		return Number(raw);
	}

	word() {
		for (const [word, value] of Object.entries(WORDS)) {
			if (this.text.startsWith(word, this.at)) {
				this.at += word.length;
				return value;
			}
		}
		return this.fail("value");
	}

	array(depth) {
		const list = [];
		this.space();
		if (this.take("]")) {
			return list;
		}
		do {
			list.push(this.value(depth));
			this.space();
		} while (this.take(","));
		return this.take("]") ? list : this.fail("]");
	}

	object(depth) {
		const fields = Object.create(null);
		this.space();
		if (this.take("}")) {
			return fields;
		}
		do {
			this.space();
			const start = this.at;
			const field = this.string();
			if (field in fields) {
				this.at = start;
				throw new Refusal("json.duplicate", { ...this.place(), field });
			}
			this.space();
			if (!this.take(":")) {
				this.fail(":");
			}
			fields[field] = this.value(depth);
			this.space();
		} while (this.take(","));
		return this.take("}") ? fields : this.fail("}");
	}

	value(depth) {
		this.space();
		const next = this.text[this.at] ?? "";
		if ((next === "{" || next === "[") && depth >= MAX_DEPTH) {
			throw new Refusal("json.depth", this.place());
		}
		if (next === '"') {
			return this.string();
		}
		if (this.take("{")) {
			return this.object(depth + 1);
		}
		if (this.take("[")) {
			return this.array(depth + 1);
		}
		return /[-0-9]/.test(next) ? this.number() : this.word();
	}
}

/**
 * Objects come without a prototype. Refusal json.syntax, json.duplicate, json.depth.
 * @param {string} text
 * @returns {any}
 */
export function readJson(text) {
	const reader = new Reader(text);
	const value = reader.value(0);
	reader.space();
	if (reader.at !== text.length) {
		reader.fail("end");
	}
	return value;
}

/** @param {any} v @returns {boolean} an object that readJson made */
export function isObject(v) {
	return typeof v === "object" && v !== null && !Array.isArray(v);
}

/**
 * Whether an object has all of the needed fields and none beside these and the optional ones.
 * @param {any} v @param {string[]} needed @param {string[]} [optional] @returns {boolean}
 */
export function hasFields(v, needed, optional = []) {
	return (
		isObject(v) &&
		needed.every((name) => name in v) &&
		Object.keys(v).every((name) => needed.includes(name) || optional.includes(name))
	);
}

// JSON.stringify writes the control characters as we do, but for 0x7f.
function writeString(text) {
	return JSON.stringify(text).replaceAll("\x7f", "\\u007f");
}

/**
 * Canonical text: compact, fields in the order in which the object has them.
 * @param {any} v strings, whole numbers, booleans, arrays, objects
 * @returns {string}
 */
export function writeJson(v) {
	if (typeof v === "string") {
		return writeString(v);
	}
	if (Array.isArray(v)) {
		return `[${v.map(writeJson).join(",")}]`;
	}
	if (isObject(v)) {
		const fields = Object.entries(v).map(([name, value]) => `${writeString(name)}:${writeJson(value)}`);
		return `{${fields.join(",")}}`;
	}
	return String(v);
}
