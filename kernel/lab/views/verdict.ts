/** A statement that was checked, with its badge and its name; it opens to its evidence. */

import { checkedLine, lineBox } from "./checkedLine.js";
import { showProblem } from "./problem.js";
import { readVerdict } from "./readVerdict.js";
import type { Typeset } from "./typeset.js";
import type { View } from "./view.js";

/** Fills `host` with a VerdictPayload, or with the reason why it cannot be shown. */
export function showVerdict(host: HTMLElement, payload: unknown, typeset?: Typeset): View {
  try {
    host.replaceChildren(lineBox(checkedLine("", readVerdict(payload), typeset)));
  } catch (reason) {
    showProblem(host, reason, payload);
  }
  return { dispose: () => host.replaceChildren() };
}
