/** A statement that was checked, with its badge and its name; it opens to its evidence. */

import { checkedLine, lineBox } from "./checkedLine.js";
import type { ViewModule } from "./contract.js";
import { readVerdict } from "./readVerdict.js";
import { viewModule } from "./viewModule.js";

/** Shows a VerdictPayload. */
const view: ViewModule = viewModule(({ el, payload, typeset }) => {
  el.replaceChildren(lineBox(checkedLine(readVerdict(payload), typeset)));
});

export default view;
