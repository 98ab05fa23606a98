// SPDX-License-Identifier: EUPL-1.2
// A page that has nothing to show yet says whose board this is.
import { service } from '../pinned.js';

document.getElementById('content').textContent = service.name;
