/** Where the outputs of a widget's handlers go: JupyterLab shows what comes under a comm message in its log only. */

import type { Comm } from "./comms.js";
import { currentExecution } from "./currentExecution.js";
import { clearOutput } from "./display.js";
import { failureOf } from "./failure.js";
import { guarded } from "./guarded.js";
import { report } from "./report.js";
import { base, model, output, reference, showView } from "./widgetModels.js";

/** A place below a cell. */
export class OutputPlace {
  readonly #comm: Comm;

  /** Shows an empty place: ipywidgets' Output. */
  constructor() {
    const layout = model(base("LayoutModel"), base("LayoutView"), {});
    const state = { outputs: [], msg_id: "", layout: reference(layout) };
    this.#comm = model(output("OutputModel"), output("OutputView"), state);
    showView(this.#comm, "");
  }

  /**
   * Shows what comes under the message of that msg_id while `body` runs, what it throws too; the first of it replaces
   * what was shown. Never throws.
   */
  async during(messageId: string, body: () => unknown): Promise<void> {
    this.#take(messageId);
    clearOutput({ wait: true });
    try {
      await guarded(body);
    } catch (thrown) {
      report({ op: "late", execution: currentExecution().id, failure: failureOf(thrown) });
    }
    this.#take(""); // the place swallows all that comes: without its idle the slider would send nothing more
  }

  #take(msg_id: string): void {
    this.#comm.send({ method: "update", state: { msg_id }, buffer_paths: [] });
  }
}
