/** A comm message of the front end, on its way to the handlers in the runner. */
import type { CommContent } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { CommTable } from "./commTable.js";
import type { Executions } from "./executions.js";
import type { Outputs } from "./outputs.js";

/** Runs the handlers of the message; resolves when they are done and all their output is out. */
export async function deliverComm(
  message: Message,
  comms: CommTable,
  outputs: Outputs,
  executions: Executions,
): Promise<void> {
  const { header, metadata, buffers } = message;
  const kind = header.msg_type as "comm_open" | "comm_msg" | "comm_close";
  comms.note(kind, message.content);
  const execution = outputs.begin({ message, silent: false });
  const about = { execution, message: header.msg_id, kind, content: commContent(message.content) };
  const { failure } = await executions.start({ op: "comm", ...about, metadata, buffers }, "a comm message");
  if (failure) outputs.fail(execution, failure);
  outputs.finish(execution);
}

function commContent({ comm_id, target_name, data }: Json): CommContent {
  return {
    comm_id: String(comm_id),
    ...(typeof target_name === "string" ? { target_name } : {}),
    data: (data ?? {}) as Json,
  };
}
