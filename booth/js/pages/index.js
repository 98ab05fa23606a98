// SPDX-License-Identifier: EUPL-1.2
// The votes of this board: a link to each, under the name that its election object bears.
import { elections } from '../core/loglist.js';
import { service } from '../pinned.js';

async function fetched(path) {
	const answer = await fetch(path);
	if (!answer.ok) {
		throw new Error(`${path}: ${answer.status}`);
	}
	return answer;
}

// title: the definition's, French first, when the election seals one.
async function title(uuid) {
	const answer = await fetch(`bb/${uuid}/vote.json`);
	if (!answer.ok) {
		return uuid;
	}
	const text = (await answer.json()).title;
	return text.fr ?? Object.values(text)[0];
}

async function show() {
	const content = document.getElementById('content');
	const list = document.createElement('ul');
	for (const uuid of elections(await (await fetched('bb/log-list.1')).text(), service.name)) {
		const item = document.createElement('li');
		const link = document.createElement('a');
		link.href = `vote/${uuid}`;
		link.textContent = await title(uuid);
		item.append(link);
		list.append(item);
	}
	if (list.childElementCount === 0) {
		content.textContent = 'Aucun vote pour le moment.';
	} else {
		content.append(list);
	}
	document.body.dataset.state = 'shown';
}

show().catch((error) => {
	document.getElementById('content').textContent = `Cette page n’a pas pu être remplie. ${error.message}`;
	document.body.dataset.state = 'failed';
});
