// SPDX-License-Identifier: EUPL-1.2
// Les mots des pages, en français. Mêmes clés que en.js. Espaces insécables : U+00A0 et U+202F.

export const fr = {
	'language.name': 'Français',
	'page.skip': 'Aller au contenu',
	'page.brand': 'Urne',
	'page.footer': 'Tout ce que cette page affiche se vérifie sans nous faire confiance.',
	'page.verify': 'Comment vérifier',
	'page.loading': 'Chargement…',
	'page.no-script': 'Le chiffrement se fait sur votre appareil : cette page a besoin de JavaScript.',
	'page.failed': 'La page n’a pas pu continuer',
	'page.retry': 'Réessayer',
};
