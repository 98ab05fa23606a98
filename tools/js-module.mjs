// SPDX-License-Identifier: EUPL-1.2
// One JavaScript module as its parser reads it: what it imports and exports, which of its names nobody uses, and which
// names that it uses are nobody's. Only who sees whom is looked at, not when.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// tools/deps-booth.sh brings it
const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), "../tests/booth/package.json"));
const { parse } = require("acorn");

// What begins a scope; the body of a function is a block inside that of its parameters.
const SCOPES = new Set([
	"ArrowFunctionExpression",
	"BlockStatement",
	"CatchClause",
	"ClassDeclaration",
	"ClassExpression",
	"ForInStatement",
	"ForOfStatement",
	"ForStatement",
	"FunctionDeclaration",
	"FunctionExpression",
	"StaticBlock",
	"SwitchStatement",
]);

// Identifiers that are no names of a scope: labels, and what other modules call their own.
const NO_NAMES = {
	BreakStatement: ["label"],
	ContinueStatement: ["label"],
	ExportAllDeclaration: ["exported"],
	ExportSpecifier: ["exported"],
	ImportAttribute: ["key"],
	ImportSpecifier: ["imported"],
	LabeledStatement: ["label"],
	MetaProperty: ["meta", "property"],
};
// Neither are those of properties, unless they are computed.
const KEYS = { MemberExpression: "property", MethodDefinition: "key", Property: "key", PropertyDefinition: "key" };

function partsOf(node) {
	if (node.type === "ExportNamedDeclaration" && node.source !== null) {
		return []; // names of another module alone
	}
	const without = [...(NO_NAMES[node.type] ?? []), ...(node.computed ? [] : [KEYS[node.type]])];

	return Object.entries(node)
		.filter(([field]) => !without.includes(field))
		.flatMap(([, value]) => value)
		.filter((value) => typeof value?.type === "string");
}

/* The identifiers that a pattern declares. */
function placesOf(pattern) {
	switch (pattern?.type) {
		case "Identifier":
			return [pattern];
		case "ObjectPattern":
			return pattern.properties.flatMap((p) => placesOf(p.value ?? p.argument));
		case "ArrayPattern":
			return pattern.elements.flatMap(placesOf);
		case "AssignmentPattern":
			return placesOf(pattern.left);
		case "RestElement":
			return placesOf(pattern.argument);
		default:
			return [];
	}
}

/* What a node declares: around itself, and in the scope that it begins. */
const outside = {
	ClassDeclaration: ({ id }) => placesOf(id),
	FunctionDeclaration: ({ id }) => placesOf(id),
	ImportDeclaration: ({ specifiers }) => specifiers.map(({ local }) => local),
	VariableDeclaration: ({ declarations }) => declarations.flatMap(({ id }) => placesOf(id)),
};
const inside = {
	ArrowFunctionExpression: ({ params }) => params.flatMap(placesOf),
	CatchClause: ({ param }) => placesOf(param),
	ClassExpression: ({ id }) => placesOf(id),
	FunctionDeclaration: ({ params }) => params.flatMap(placesOf),
	FunctionExpression: ({ id, params }) => [...placesOf(id), ...params.flatMap(placesOf)],
};

/* Every use of a name as {name, line, scope}; a scope is {names, around}. */
function usesOf(program, top) {
	const declaring = new Set();
	const uses = [];
	const left = [[program, top]];
	const declare = (scope, places = []) =>
		places.forEach((place) => {
			declaring.add(place);
			scope.names.add(place.name);
		});

	while (left.length > 0) {
		const [node, around] = left.pop();
		const scope = SCOPES.has(node.type) ? { names: new Set(), around } : around;

		declare(around, outside[node.type]?.(node));
		declare(scope, inside[node.type]?.(node));
		if (node.type === "Identifier" && !declaring.has(node)) {
			uses.push({ name: node.name, line: node.loc.start.line, scope });
		}
		left.push(...partsOf(node).map((part) => [part, scope]));
	}
	return uses;
}

function homeOf({ name, scope }) {
	let at = scope;

	while (at !== null && !at.names.has(name)) {
		at = at.around;
	}
	return at;
}

/* Imports as {name, local, from, whole}; what is handed on from another module is one too, without a name here. */
function importsOf(program) {
	const nameOf = (node) => node?.name ?? node?.value;

	return program.body
		.filter(({ source }) => typeof source?.value === "string")
		.flatMap(({ type, source: { value: from }, specifiers }) =>
			(specifiers ?? [{}]).map(({ type: kind, local, imported }) => ({
				name: type === "ImportDeclaration" ? (nameOf(imported) ?? "default") : nameOf(local),
				local: type === "ImportDeclaration" ? local.name : null,
				from,
				whole: kind === undefined || kind === "ImportNamespaceSpecifier",
			})),
		);
}

function exportsOf(program) {
	return program.body.flatMap(({ type, declaration, specifiers }) => {
		switch (type) {
			case "ExportDefaultDeclaration":
				return ["default"];
			case "ExportNamedDeclaration":
				return declaration
					? outside[declaration.type](declaration).map(({ name }) => name)
					: specifiers.map(({ exported }) => exported.name);
			default:
				return [];
		}
	});
}

/**
 * readModule: {imports, exports, unused, unknown}: imports [{name, local, from, whole}]; names of the module itself that
 * nothing in it uses; uses [{name, line}] of names that nothing in it declares. SyntaxError.
 */
export function readModule(text) {
	const program = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true, allowHashBang: true });
	const top = { names: new Set(), around: null };
	const uses = usesOf(program, top);
	const exports = exportsOf(program);
	const used = new Set([...exports, ...uses.filter((use) => homeOf(use) === top).map(({ name }) => name)]);

	return {
		imports: importsOf(program),
		exports,
		unused: [...top.names].filter((name) => !used.has(name)),
		unknown: uses.filter((use) => homeOf(use) === null).map(({ name, line }) => ({ name, line })),
	};
}
