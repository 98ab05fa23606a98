// SPDX-License-Identifier: EUPL-1.2
// What went wrong, in words: refusals of the core and answers of the board by their codes. What has none is a fault of
// ours, and is not dressed up as anything else.

import { Refusal } from "../core/refusal.js";
import { BoardError } from "./board.js";
import { has, t } from "./i18n.js";

/** sentence: of an error, in the reader's language. */
export function sentence(error) {
	if (error instanceof Refusal && has(`refusal.${error.code}`)) {
		return t(`refusal.${error.code}`, error.params);
	}
	if (error instanceof BoardError) {
		return t(`board.${error.kind}`, { detail: error.detail, seconds: error.retry });
	}
	return t("page.ours", { what: error instanceof Refusal ? error.code : error.name });
}
