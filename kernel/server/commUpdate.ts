/** What a widget of the page says of its state: of many such messages that wait, one with all their changes will do. */
import type { Json, Message } from "../wire/wire.js";

/** Whether a comm message is of changed state and nothing else; one with buffers is not, for they lie at places of it. */
export function isUpdate({ header, content, buffers }: Message): boolean {
  const { method, state } = dataOf(content);
  return (
    header.msg_type === "comm_msg" &&
    buffers.length === 0 &&
    method === "update" &&
    typeof state === "object" &&
    state !== null
  );
}

/** The later update with the changes of both. */
export function joined(earlier: Message, later: Message): Message {
  const state = { ...(dataOf(earlier.content).state as Json), ...(dataOf(later.content).state as Json) };
  return { ...later, content: { ...later.content, data: { ...dataOf(later.content), state } } };
}

function dataOf({ data }: Json): Json {
  return (data ?? {}) as Json;
}
