/** Where the outputs of a widget's handlers go: JupyterLab shows what comes under a comm message in its log only. */

import { currentExecution } from "./currentExecution.js";
import { clearOutput } from "./display.js";
import { failureOf } from "./failure.js";
import { guarded } from "./guarded.js";
import { report } from "./report.js";
import { base, model, output, reference, showView } from "./widgetModels.js";

/** A place below a cell. */
export interface OutputPlace {
  /**
   * Shows what comes under the message of that msg_id while `body` runs, what it throws too; the first of it replaces
   * what was shown. Never throws.
   */
  during(messageId: string, body: () => unknown): Promise<void>;
}

/** Shows an empty place: ipywidgets' Output. */
export function newPlace(): OutputPlace {
  const layout = model(base("LayoutModel"), base("LayoutView"), {});
  const state = { outputs: [], msg_id: "", layout: reference(layout) };
  const comm = model(output("OutputModel"), output("OutputView"), state);
  showView(comm, "");
  const show = (msg_id: string): void => comm.send({ method: "update", state: { msg_id }, buffer_paths: [] });
  return {
    async during(messageId, body) {
      show(messageId);
      clearOutput({ wait: true });
      try {
        await guarded(body);
      } catch (thrown) {
        report({ op: "late", execution: currentExecution().id, failure: failureOf(thrown) });
      }
      show(""); // the place swallows all that comes: without its idle the slider would send nothing more
    },
  };
}
