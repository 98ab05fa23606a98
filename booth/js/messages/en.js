// SPDX-License-Identifier: EUPL-1.2
// The words of the pages, in English. Same keys as fr.js.

export const en = {
	'language.name': 'English',
	'page.skip': 'Skip to the content',
	'page.brand': 'Urne',
	'page.footer': 'Everything on this page can be verified without trusting us.',
	'page.verify': 'How to verify',
	'page.loading': 'Loading…',
	'page.no-script': 'Encryption happens on your own device: this page needs JavaScript.',
	'page.failed': 'The page could not go on',
	'page.retry': 'Try again',
};
