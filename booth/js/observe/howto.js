// SPDX-License-Identifier: EUPL-1.2
// How to verify an election: commands to copy, for programs that come from somewhere else than this board.

import { base64, concat, hex } from "../core/bytes.js";
import { home } from "../ui/board.js";
import { command } from "../ui/command.js";
import { el } from "../ui/dom.js";
import { t } from "../ui/i18n.js";

const ED25519 = 1;

/* The key as programs take it. */
function verifierKey({ name, id, bytes }) {
	return `${name}+${hex(id)}+${base64(concat(Uint8Array.of(ED25519), bytes))}`;
}

/** howTo: a section for the election `uuid` of the board whose service key this is. */
export function howTo(uuid, key) {
	const address = new URL(`bb/${uuid}`, home).href;
	const known = verifierKey(key);

	return el(
		"section",
		{ class: "card", id: "how" },
		el("h2", {}, t("howto.title")),
		el("p", {}, t("howto.lead")),
		el("h3", {}, t("howto.verify")),
		command(`urne-verify '${address}' --log-key '${known}'`),
		el("h3", {}, t("howto.watch")),
		command(`urne watch '${address}' --log-key '${known}' --state '${uuid}.watch'`),
		el("p", { class: "soft" }, t("howto.key")),
	);
}
