// SPDX-License-Identifier: EUPL-1.2

// Checks the public folder of one log and its receipts with Sigstore's verifier (npm
// @sigstore/verify): signatures of checkpoints, and the proof of every entry (of a sample in a large
// log). The tree is rebuilt here from the entries, with node's SHA-256; every tile must be what it
// makes of them, and the proofs that the verifier is given are taken from the tiles.
//
// Usage: node check.mjs MODULES FOLDER VKEY-FILE [RECEIPT...]
// MODULES is the node_modules folder that has @sigstore/verify.

import { createHash, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';

const WIDTH = 256;
const BITS = 8;

class Difference extends Error {}

// What the folder can be to blame for; anything else is a fault of this program.
function isDifference(e) {
	return e instanceof Difference || e instanceof SyntaxError ||
		e.name === 'VerificationError' || e.code === 'ENOENT';
}

function want(condition, sentence) {
	if (!condition) {
		throw new Difference(sentence);
	}
}

function within(place, work) {
	try {
		return work();
	} catch (e) {
		throw isDifference(e) ? new Difference(`${place}: ${e.message}`) : e;
	}
}

function sha256(...pieces) {
	const h = createHash('sha256');
	for (const piece of pieces) {
		h.update(piece);
	}
	return h.digest();
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

// Node's decoder takes anything; only what encodes to the same characters again is Base64 here.
function decode(text) {
	const raw = Buffer.from(text, 'base64');
	want(raw.toString('base64') === text, `${JSON.stringify(text)} is not canonical Base64`);
	return raw;
}

function decimal(text) {
	want(/^(0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(Number(text)),
		`${JSON.stringify(text)} is not a number`);
	return Number(text);
}

// The verifier's own files; the package has no door to them.
function loadVerifier(modules) {
	const require = createRequire(join(resolve(modules), 'x.js'));
	const { verifyMerkleInclusion } = require('@sigstore/verify/dist/timestamp/merkle.js');
	const { verifyCheckpoint } = require('@sigstore/verify/dist/timestamp/checkpoint.js');
	return { verifyMerkleInclusion, verifyCheckpoint };
}

// readKey takes NAME+HASH+BASE64(0x01 || key) apart.
function readKey(text) {
	const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)\n?$/.exec(text);
	want(match !== null, 'no verifier key');
	const [, name, id, key] = match;
	const raw = decode(key);
	want(raw.length === 33 && raw[0] === 1, 'no Ed25519 verifier key');
	const keyId = sha256(name, '\n', raw).subarray(0, 4);
	want(keyId.toString('hex') === id, 'the hash in the verifier key is another');
	const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]);
	return {
		name,
		logID: Buffer.concat([keyId, Buffer.alloc(28)]),
		publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
		baseURL: `https://${name}`,
		validFor: { start: new Date(0), end: new Date(8640000000000000) },
	};
}

// openCheckpoint lets the verifier judge the log's own line: it refuses notes with lines of keys it
// does not know, which a log's readers ignore.
function openCheckpoint(peer, key, note) {
	const end = note.indexOf('\n\n');
	want(end >= 0 && note.endsWith('\n'), 'no signed note');
	const lines = note.slice(0, end).split('\n');
	want(lines.length === 3 && lines[0] === key.name, `no checkpoint of ${key.name}`);
	const size = decimal(lines[1]);
	const rootHash = decode(lines[2]);
	const signatures = note.slice(end + 2, -1).split('\n');
	const ours = signatures.filter((line) => line.startsWith(`\u2014 ${key.name} `));
	want(ours.length === 1, `${ours.length} signatures of ${key.name}`);
	decode(ours[0].slice(ours[0].lastIndexOf(' ') + 1));
	const envelope = `${note.slice(0, end + 2)}${ours[0]}\n`;
	peer.verifyCheckpoint(
		{ integratedTime: '0', inclusionProof: { checkpoint: { envelope }, rootHash } }, [key]);
	return { size, rootHash };
}

// number writes the index of a tile: x001/x234/067.
function number(index) {
	const last = String(index % 1000).padStart(3, '0');
	let out = last;
	for (let n = Math.floor(index / 1000); n > 0; n = Math.floor(n / 1000)) {
		out = `x${String(n % 1000).padStart(3, '0')}/${out}`;
	}
	return out;
}

function pathOf(tile) {
	const part = tile.width < WIDTH ? `.p/${tile.width}` : '';
	return `tile/${tile.level}/${number(tile.index)}${part}`;
}

function tileOf(path) {
	const m = /^tile\/(entries|[0-7])\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d+))?$/.exec(path);
	want(m !== null, `${path}: not the name of a tile`);
	const tile = {
		level: m[1],
		index: Number(m[2].replace(/[x/]/g, '')),
		width: m[3] === undefined ? WIDTH : Number(m[3]),
	};
	want(pathOf(tile) === path, `${path}: not the name of a tile`);
	return tile;
}

// readEntries reads the entries of a log of that size.
function readEntries(folder, size) {
	const entries = [];
	for (let index = 0; index * WIDTH < size; index++) {
		const width = Math.min(WIDTH, size - index * WIDTH);
		const path = pathOf({ level: 'entries', index, width });
		const text = readFileSync(join(folder, path));
		let at = 0;
		for (let i = 0; i < width; i++) {
			want(at + 2 <= text.length && at + 2 + text.readUInt16BE(at) <= text.length,
				`${path}: ends inside entry ${i}`);
			const len = text.readUInt16BE(at);
			entries.push(text.subarray(at + 2, at + 2 + len));
			at += 2 + len;
		}
		want(at === text.length, `${path}: something stands behind its entries`);
	}
	return entries;
}

// build makes the complete subtrees: nodes[level][index].
function build(entries) {
	const nodes = [entries.map((entry) => sha256(LEAF, entry))];
	while (nodes.at(-1).length > 1) {
		const below = nodes.at(-1);
		const level = [];
		for (let i = 0; i + 1 < below.length; i += 2) {
			level.push(sha256(NODE, below[i], below[i + 1]));
		}
		nodes.push(level);
	}
	return nodes;
}

// subtree is the node `index` of `level` in the tree of `size`, complete or not.
function subtree(get, level, index, size) {
	const begin = index * 2 ** level;
	if (begin + 2 ** level <= size) {
		return get(level, index);
	}
	let out = null;
	for (let l = 0; l < level; l++) {
		if (Math.floor((size - begin) / 2 ** l) % 2 === 1) {
			const peak = get(l, Math.floor(size / 2 ** l) - 1);
			out = out === null ? peak : sha256(NODE, peak, out);
		}
	}
	return out;
}

function rootOf(get, size) {
	return size === 0 ? sha256() : subtree(get, Math.ceil(Math.log2(size)), 0, size);
}

function pathTo(get, index, size) {
	const out = [];
	for (let level = 0, last = size - 1; last > 0; level++) {
		if (index % 2 === 1 || index < last) {
			out.push(subtree(get, level, index % 2 === 1 ? index - 1 : index + 1, size));
		}
		index = Math.floor(index / 2);
		last = Math.floor(last / 2);
	}
	return out;
}

// tileReader takes nodes from the files: a hash of a tile, or what two of them make.
function tileReader(folder, size) {
	const cache = new Map();
	const hashes = (level, index) => {
		const width = Math.min(WIDTH, Math.floor(size / 2 ** (BITS * level)) - index * WIDTH);
		const path = pathOf({ level: String(level), index, width });
		if (!cache.has(path)) {
			cache.set(path, readFileSync(join(folder, path)));
		}
		return cache.get(path);
	};
	return (level, index) => {
		const tile = Math.floor(level / BITS);
		let first = index * 2 ** (level % BITS);
		const text = hashes(tile, Math.floor(first / WIDTH));
		first %= WIDTH;
		let row = [];
		for (let i = first; i < first + 2 ** (level % BITS); i++) {
			row.push(text.subarray(32 * i, 32 * i + 32));
		}
		while (row.length > 1) {
			row = row.filter((_, i) => i % 2 === 0)
				.map((left, i) => sha256(NODE, left, row[2 * i + 1]));
		}
		return row[0];
	};
}

function filesBelow(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? filesBelow(path) : [path];
	});
}

// checkTiles compares every file with what the entries make it, those of earlier sizes too.
function checkTiles(folder, entries, nodes) {
	const files = filesBelow(join(folder, 'tile'));
	for (const file of files) {
		const path = relative(folder, file);
		const tile = tileOf(path);
		const first = tile.index * WIDTH;
		const row = tile.level === 'entries' ? entries : nodes[BITS * Number(tile.level)] ?? [];
		want(first + tile.width <= row.length, `${path}: the log is not that large`);
		const content = row.slice(first, first + tile.width).flatMap((item) => {
			const len = Buffer.alloc(2);
			len.writeUInt16BE(item.length);
			return tile.level === 'entries' ? [len, item] : [item];
		});
		want(Buffer.concat(content).equals(readFileSync(file)),
			`${path}: is not what its entries make it`);
	}
	return files.length;
}

// checkInclusion has the verifier check entries by proofs from the tiles.
function checkInclusion(peer, folder, entries, rootHash) {
	const size = entries.length;
	const get = tileReader(folder, size);
	let num = 0;
	for (let i = 0; i < size; i += Math.floor(size / 1000) + 1, num++) {
		const hashes = pathTo(get, i, size);
		within(`entry ${i} of ${size}`, () => peer.verifyMerkleInclusion({
			canonicalizedBody: entries[i],
			inclusionProof: { logIndex: String(i), treeSize: String(size), rootHash, hashes },
		}));
	}
	return num;
}

function checkReceipt(peer, key, entries, get, text) {
	const r = JSON.parse(text);
	want(JSON.stringify(r) === text, 'the document is not canonical JSON');
	const known = ['format', 'election', 'tracker', 'height', 'replaces', 'proof'];
	want(Object.keys(r).every((name) => known.includes(name)), 'an unknown field');
	want(typeof r.proof === 'string', 'no proof');
	const end = r.proof.indexOf('\n\n');
	const [version, extra, index, ...path] = r.proof.slice(0, end).split('\n');
	want(r.format === 'urne-receipt/1' && version === 'c2sp.org/tlog-proof@v1' &&
		extra?.startsWith('extra ') && index?.startsWith('index '), 'another format');
	want(key.name.endsWith(`/${r.election}`), `of another election, ${r.election}`);
	const leaf = decode(extra.slice('extra '.length));
	const at = decimal(index.slice('index '.length));
	const event = JSON.parse(leaf);
	const { size, rootHash } = openCheckpoint(peer, key, r.proof.slice(end + 2));
	peer.verifyMerkleInclusion({
		canonicalizedBody: leaf,
		inclusionProof: {
			logIndex: String(at), treeSize: String(size), rootHash, hashes: path.map(decode),
		},
	});
	const tracker = Buffer.from(event.payload, 'hex').toString('base64').replace(/=+$/, '');
	want(event.type === 'Ballot' && tracker === r.tracker, 'its event is not of that ballot');
	want(event.height === at && r.height === at, 'heights and index differ');
	want(size <= entries.length && leaf.equals(entries[at]), 'the folder has another entry there');
	want(rootOf(get, size).equals(rootHash), `the folder's tree of ${size} entries is another`);
}

function check(modules, folder, keyFile, receipts) {
	const peer = loadVerifier(modules);
	const key = readKey(readFileSync(keyFile, 'utf8'));
	const note = readFileSync(join(folder, 'checkpoint'), 'utf8');
	const { size, rootHash } = within('checkpoint', () => openCheckpoint(peer, key, note));
	want(existsSync(join(folder, 'tile')) || size === 0, 'no tiles');
	const entries = readEntries(folder, size);
	const nodes = build(entries);
	const get = (level, index) => nodes[level][index];
	want(rootOf(get, size).equals(rootHash), 'checkpoint: its root is not that of the entries');
	const files = checkTiles(folder, entries, nodes);
	const proofs = checkInclusion(peer, folder, entries, rootHash);
	for (const name of receipts) {
		within(basename(name),
			() => checkReceipt(peer, key, entries, get, readFileSync(name, 'utf8')));
	}
	console.log(`sigstore: ${size} entries, ${files} tiles, ${proofs} proofs, ` +
		`${receipts.length} receipts agree`);
}

const [modules, folder, keyFile, ...receipts] = process.argv.slice(2);
if (keyFile === undefined) {
	console.error('usage: node check.mjs MODULES FOLDER VKEY-FILE [RECEIPT...]');
	process.exit(2);
}
try {
	check(modules, folder, keyFile, receipts);
} catch (e) {
	console.error(`sigstore: ${isDifference(e) ? e.message : e.stack}`);
	process.exit(isDifference(e) ? 1 : 3);
}
