/** Statements that were checked, each with its badge and its name; it opens to its evidence. */

import { checkedLine, lineBox } from "./checkedLine.js";
import type { ViewModule } from "./contract.js";
import { readVerdicts } from "./readVerdict.js";
import { viewModule } from "./viewModule.js";

/** Shows a VerdictPayload. */
const view: ViewModule = viewModule(({ el, payload, typeset }) => {
  el.replaceChildren(lineBox(...readVerdicts(payload).map((line) => checkedLine(line, typeset))));
});

export default view;
