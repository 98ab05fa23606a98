// SPDX-License-Identifier: EUPL-1.2
// Simple mistakes in the booth's JavaScript and that of its tests: what no page may do, what the core may not know, and
// names that nobody uses. booth/vendor is not ours to judge.
// Usage: node tools/check-booth.mjs [TOP]
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

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
// The core runs in a browser and in node alike.
const NOT_IN_CORE = [["the page or the network in the core", /\b(?:document|window|navigator|location|fetch|XMLHttpRequest|process|require)\b\s*[.(]/]];

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

// Names that a module imports, as [name, from].
function importsOf(text) {
	return [...text.matchAll(/^(?:import|export) (?:\* as (\w+)|\{([^}]*)\}|(\w+)) from "([^"]+)"/gm)].flatMap(([, all, list, one, from]) =>
		(list ?? all ?? one)
			.split(",")
			.map((name) => name.trim())
			.filter((name) => name !== "")
			.map((name) => ({ whole: all !== undefined, name: name.split(" as ")[0], local: name.split(" as ").pop(), from })),
	);
}

function checkNames(path, source, imports) {
	const body = source.replace(/^import [\s\S]*?from ""\s*;/gm, "");
	for (const { local } of imports) {
		if (!new RegExp(`\\b${local}\\b`).test(body)) {
			bad.push(`${path}: ${local} is imported and not used`);
		}
	}
	for (const [, name] of source.matchAll(/^(?:async )?(?:function|class|const|let) (\w+)/gm)) {
		if ((source.match(new RegExp(`\\b${name}\\b`, "g")) ?? []).length < 2) {
			bad.push(`${path}: ${name} is not used`);
		}
	}
}

const files = [...filesOf("booth/js"), ...filesOf("tests/booth"), ...filesOf("tools")];
const used = new Set();
const exported = [];
for (const path of files) {
	const text = readFileSync(join(top, path), "utf8");
	const source = bare(text);
	const imports = importsOf(text);
	if (path.startsWith("booth/")) {
		checkLines(path, source, NEVER);
	}
	if (path.startsWith("booth/js/core/")) {
		checkLines(path, source, NOT_IN_CORE);
	}
	checkShape(path, text);
	checkNames(path, source, imports);
	for (const { name, from, whole } of imports.filter(({ from }) => from.startsWith("."))) {
		const target = normalize(join(dirname(path), from));
		if (!existsSync(join(top, target)) && target !== PINNED) {
			bad.push(`${path}: ${from} is not there`);
		}
		used.add(whole ? target : `${target} ${name}`);
	}
	for (const [, name] of source.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)) {
		exported.push([path, name]);
	}
	const syntax = spawnSync(process.execPath, ["--check", ...(path.endsWith(".js") ? ["--input-type=module", "-"] : [join(top, path)])], { input: text });
	if (syntax.status !== 0) {
		bad.push(`${path}: ${syntax.stderr.toString().split("\n").slice(0, 5).join(" ")}`);
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
