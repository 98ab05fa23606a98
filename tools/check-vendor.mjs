// SPDX-License-Identifier: EUPL-1.2
// What the booth ships of other people is what they published: every file under booth/vendor/ is the file of the npm
// package in the lock file's version, but for one import line that is named here, and without empty lines and the comments that stand on
// lines of their own or end one, which would be a quarter of what a voter loads. Licences stay: in LICENSE, and where one begins a file.
// Usage: node tools/check-vendor.mjs NODE_MODULES [TOP] [--write]; NODE_MODULES as npm ci left it, which checked the
// hashes. --write makes the files anew instead of comparing them.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const write = process.argv.includes("--write");
const given = process.argv.slice(2).filter((argument) => argument !== "--write");
const [modules, top = join(dirname(fileURLToPath(import.meta.url)), "..")] = given;
const PACKAGES = { "noble-curves": "@noble/curves", "noble-hashes": "@noble/hashes", "lean-qr": "lean-qr" };
// Served as JavaScript, whatever the ending was.
const NAMES = { "nano.js": "nano.mjs" };
// A module of a package that is not one of ours is found by its place.
const REWRITTEN = [/^(import .* from )'@noble\/hashes\/utils\.js';$/m, "$1'../noble-hashes-VERSION/utils.js';"];

const bad = [];
const vendor = join(top, "booth/vendor");
const lock = JSON.parse(readFileSync(join(top, "tests/booth/package-lock.json"), "utf8"));

// shipped: what the booth has of a file of a package.
function shipped(original, version) {
	const [from, to] = REWRITTEN;
	return original
		.replace(/^[ \t]*\/\*(?!!)[\s\S]*?\*\/[ \t]*\n/gm, "")
		.replace(/^[ \t]*\/\/[^\n]*\n/gm, "")
		.replace(/^(.*[;{},)([])[ \t]+\/\/[^\n"'`]*$/gm, "$1")
		.replace(/\n{2,}/g, "\n")
		.replace(from, to.replace("VERSION", version));
}

function filesOf(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)],
	);
}

function checkFolder(folder) {
	const [, name, version] = /^(.*)-(\d+\.\d+\.\d+)$/.exec(folder) ?? [];
	const packageName = PACKAGES[name];
	const locked = lock.packages[`node_modules/${packageName}`];
	if (packageName === undefined || locked?.version !== version || !locked.integrity) {
		bad.push(`${folder}: not a package of tests/booth/package-lock.json in this version`);
		return 0;
	}
	const installed = JSON.parse(readFileSync(join(modules, packageName, "package.json"), "utf8")).version;
	if (installed !== version) {
		bad.push(`${packageName}: ${installed} is installed, ${version} is locked; run npm ci in tests/booth`);
	}
	const files = filesOf(join(vendor, folder));
	for (const file of files) {
		const path = relative(join(vendor, folder), file);
		let original = "";
		try {
			original = readFileSync(join(modules, packageName, NAMES[path] ?? path), "utf8");
		} catch {
			bad.push(`${folder}/${path}: ${packageName} has no such file`);
			continue;
		}
		const expected = path === "LICENSE" ? original : shipped(original, version);
		if (write) {
			writeFileSync(file, expected);
		} else if (readFileSync(file, "utf8") !== expected) {
			bad.push(`${folder}/${path}: not what ${packageName} ${version} has`);
		}
	}
	if (!files.includes(join(vendor, folder, "LICENSE"))) {
		bad.push(`${folder}: its LICENSE is missing`);
	}
	return files.length;
}

const num = readdirSync(vendor).reduce((sum, folder) => sum + checkFolder(folder), 0);
if (bad.length > 0 || num === 0) {
	process.stderr.write(`${bad.join("\n") || "booth/vendor has no file"}\n`);
	process.exit(1);
}
process.stdout.write(`vendor: ${num} files as their packages have them\n`);
