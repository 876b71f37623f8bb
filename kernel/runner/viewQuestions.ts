/** Views that ask over a comm, which JupyterLab's plugin opens for each of them. */
import { answerTo } from "../pipe/answeringValues.js";
import { type Comm, comms } from "./comms.js";

/** Answers them by the values that were shown. */
export function hearViews(): void {
  comms.register("philab.view", (comm: Comm) => {
    comm.onMessage(({ data }) => comm.send(answerTo(data)));
  });
}
