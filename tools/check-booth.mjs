// SPDX-License-Identifier: EUPL-1.2
// Simple mistakes in the booth's JavaScript and that of its tests: what no page may do, names that nobody uses and names
// that nobody has, among them what the core may not know. booth/vendor is not ours to judge.
// Usage: node tools/check-booth.mjs [TOP], after tools/deps-booth.sh
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";

import { readModule } from "./js-module.mjs";

const top = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "..");
const MAX_LINES = 500;
const MAX_FUNCTION = 70;
const FIRST = "// SPDX-License-Identifier: EUPL-1.2";

// What stands nowhere in what a browser loads; texts go in by textContent, secrets stay in variables.
const NEVER = [
	["innerHTML and its like", /\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|srcdoc)\b|\bdocument\.write/],
	["code made of text", /\beval\s*\(|\bnew Function\b|\bFunction\s*\(|\bsetTimeout\s*\(\s*["'`]|\bimport\s*\(/],
	["console", /\bconsole\./],
	["var", /(?:^|[;{}(]|\s)var\s/],
	["==, which converts", /[^=!<>]==[^=]|!=[^=]/],
	// the reader's language is the one thing that is kept
	["storage", /\b(?:localStorage|sessionStorage|indexedDB|caches|cookie)\b/, "booth/js/ui/i18n.js"],
	["randomness beside bytes.js", /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b/, "booth/js/core/bytes.js"],
];
// The core takes nothing by way of the page's global object that it may not name (KNOWN).
const NOT_IN_CORE = [["a global of the page in the core", /\bglobalThis\b(?!\.crypto\b)/]];

function words(text) {
	return text.split(/\s+/);
}

// Names that nobody declares, by who has them: the language; what browsers and node have alike, where the core runs; those
// that a page or a program may use besides.
const LANGUAGE = runInNewContext("Object.getOwnPropertyNames(globalThis)");
const ALIKE = ["TextDecoder", "TextEncoder", "btoa"];
const PAGE = words(`AbortSignal Blob URL URLSearchParams document fetch history localStorage location navigator performance
	requestAnimationFrame setTimeout window`);
const PROGRAM = words("AbortController Buffer DOMException MutationObserver Node addEventListener getComputedStyle process sessionStorage setImmediate");
const KNOWN = [
	["booth/js/core/", [...LANGUAGE, ...ALIKE]],
	["booth/", [...LANGUAGE, ...ALIKE, ...PAGE]],
	// with what tests have a page do
	["", [...LANGUAGE, ...ALIKE, ...PAGE, ...PROGRAM]],
].map(([folder, names]) => [folder, new Set(names)]);

// The board makes this one: documents/site.c.
const PINNED = "booth/js/pinned.js";

const bad = [];

function filesOf(folder) {
	if (!existsSync(join(top, folder))) {
		return [];
	}
	return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			return entry.name === "node_modules" ? [] : filesOf(path);
		}
		return /\.m?js$/.test(entry.name) ? [path] : [];
	});
}

// The source with comments, strings, templates and patterns blanked, so that words in them do not count.
function bare(text) {
	const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:[!&|?;{}\n]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
	return text.replace(token, (found) => {
		// what a template computes is code
		const code = found[0] === "`" ? (found.match(/\$\{[^}]*\}/g) ?? []).join(" ") : "";
		return (found[0] === "/" ? code : `""${code}`) + found.replace(/[^\n]/g, "");
	});
}

function checkLines(path, source, rules) {
	source.split("\n").forEach((line, i) => {
		for (const [name, pattern, except] of rules) {
			if (path !== except && pattern.test(line)) {
				bad.push(`${path}:${i + 1}: ${name}`);
			}
		}
	});
}

function checkShape(path, text) {
	const lines = text.split("\n");
	if (lines[0] !== FIRST || !/^(?:\/\/|\/\*) [A-Z"]/.test(lines[1] ?? "")) {
		bad.push(`${path}:1: the licence, and then a comment that says what the file is for`);
	}
	if (lines.length > MAX_LINES) {
		bad.push(`${path}: ${lines.length} lines; look for the second idea`);
	}
	let start = 0;
	lines.forEach((line, i) => {
		if (/\s$/.test(line) || /^\t* (?!\*)/.test(line)) {
			bad.push(`${path}:${i + 1}: white space at the end, or spaces in front`);
		}
		start = /^(?:export )?(?:async )?(?:function|class) /.test(line) ? i : start;
		if (line === "}" && i - start + 1 > MAX_FUNCTION && /function/.test(lines[start])) {
			bad.push(`${path}:${start + 1}: a function of ${i - start + 1} lines`);
		}
	});
}

function checkNames(path, { imports, unused, unknown }) {
	const known = KNOWN.find(([folder]) => path.startsWith(folder))[1];

	for (const name of unused) {
		bad.push(`${path}: ${name} is ${imports.some(({ local }) => local === name) ? "imported and " : ""}not used`);
	}
	for (const { name, line } of unknown.filter(({ name }) => !known.has(name))) {
		bad.push(`${path}:${line}: ${name} is not defined here`);
	}
}

function exportsOf(target) {
	return target === PINNED ? ["service"] : (moduleOf(target)?.exports ?? []);
}

/* Of what a module imports: that it is there. */
function checkImports(path, imports) {
	for (const { name, from, whole } of imports.filter(({ from }) => from.startsWith("."))) {
		const target = normalize(join(dirname(path), from));
		const there = target === PINNED || existsSync(join(top, target));

		if (!there) {
			bad.push(`${path}: ${from} is not there`);
		} else if (!whole && !exportsOf(target).includes(name)) {
			bad.push(`${path}: ${from} exports no ${name}`);
		}
		used.add(whole ? target : `${target} ${name}`);
	}
}

const read = new Map();

/* moduleOf: the module of a file, read once; null of one that is none. */
function moduleOf(path) {
	if (!read.has(path)) {
		try {
			read.set(path, readModule(readFileSync(join(top, path), "utf8")));
		} catch (error) {
			if (!(error instanceof SyntaxError)) {
				throw error;
			}
			bad.push(`${path}: ${error}`);
			read.set(path, null);
		}
	}
	return read.get(path);
}

const files = [...filesOf("booth/js"), ...filesOf("tests/booth"), ...filesOf("tools")];
const used = new Set();
const exported = [];
for (const path of files) {
	const text = readFileSync(join(top, path), "utf8");
	const source = bare(text);
	const module = moduleOf(path);
	if (path.startsWith("booth/")) {
		checkLines(path, source, NEVER);
	}
	if (path.startsWith("booth/js/core/")) {
		checkLines(path, source, NOT_IN_CORE);
	}
	checkShape(path, text);
	if (module !== null) {
		checkNames(path, module);
		checkImports(path, module.imports);
		exported.push(...module.exports.map((name) => [path, name]));
	}
}
for (const [path, name] of exported) {
	// what pages are generated with is read by nobody here
	if (!used.has(path) && !used.has(`${path} ${name}`)) {
		bad.push(`${path}: nobody imports ${name}`);
	}
}
if (bad.length > 0 || files.length === 0) {
	process.stderr.write(`${bad.join("\n") || "no file found"}\n`);
	process.exit(1);
}
process.stdout.write(`booth: no mistakes in ${files.length} files of JavaScript, ${exported.length} exports all used\n`);
