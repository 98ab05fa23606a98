// SPDX-License-Identifier: EUPL-1.2
// The words of the pages other than the one to vote, which is kept small. A page that needs them imports this.

import { en } from "../messages/en_more.js";
import { fr } from "../messages/fr_more.js";
import { learn } from "./i18n.js";

learn({ fr, en });
