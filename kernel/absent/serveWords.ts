/** A kernel of nothing but words: whatever is to run is answered by an error that says what is missing. */
import { randomUUID } from "node:crypto";
import { isStarterGone } from "../place/starter.js";
import { addressParts, asksForPorts, readConnection, tellConnection } from "../wire/connection.js";
import { protocolVersion } from "../wire/protocolVersion.js";
import { decode, encode, type Header, type Json, type Message } from "../wire/wire.js";
import { type Frames, listen, type Peer } from "./zmtp.js";

const session = randomUUID();

/** Serves until it is shut down, or whoever started it is gone. CURVE is not spoken: then the words stand in the log alone. */
export async function serveWords(connectionFile: string, words: string): Promise<void> {
  const connection = readConnection(connectionFile);
  if (connection.curve_secretkey) process.exit(1);
  const { key } = connection;
  const subscribers = new Set<Peer>();
  const publish = (type: string, content: Json, parent_header: Partial<Header>): void => {
    const frames = encode(messageOf(type, content, parent_header, [Buffer.from(type)]), key);
    for (const peer of subscribers) peer.send(frames);
  };
  const take = (frames: Frames, peer: Peer): void => {
    const request = read(frames, key);
    if (!request) return;
    const { header } = request;
    publish("status", { execution_state: "busy" }, header);
    const content = answer(request, words);
    if (header.msg_type === "execute_request") publish("error", content, header);
    const type = header.msg_type.replace(/_request$/, "_reply");
    if (content.status) peer.send(encode(messageOf(type, content, header, []), key));
    publish("status", { execution_state: "idle" }, header);
    if (header.msg_type === "shutdown_request") setTimeout(() => process.exit(0), 50);
  };
  const at = (port: number): ReturnType<typeof addressParts> => addressParts(connection, port);
  const ports = {
    iopub_port: await listen(at(connection.iopub_port), "XPUB", (_, peer) => void subscribers.add(peer)),
    hb_port: await listen(at(connection.hb_port), "ROUTER", (frames, peer) => peer.send(frames)),
    stdin_port: await listen(at(connection.stdin_port), "ROUTER", take),
    control_port: await listen(at(connection.control_port), "ROUTER", take),
    shell_port: await listen(at(connection.shell_port), "ROUTER", take),
  };
  if (asksForPorts(connection)) tellConnection(connectionFile, { ...connection, ...ports });
  setInterval(() => isStarterGone() && process.exit(0), 1000);
}

/** A request, or nothing where it is not to be read. */
function read(frames: Frames, key: string): Message | undefined {
  try {
    return decode(frames, key);
  } catch {
    return undefined;
  }
}

function messageOf(
  type: string,
  content: Json,
  parent_header: Partial<Header>,
  identities: readonly Uint8Array[],
): Message {
  const date = new Date().toISOString();
  const header = {
    msg_id: randomUUID(),
    session,
    username: "kernel",
    date,
    msg_type: type,
    version: protocolVersion,
  };
  return { identities, header, parent_header, metadata: {}, content, buffers: [] };
}

/** The content of a reply; without a status where there is none. */
function answer({ header, content }: Message, words: string): Json {
  const failure = { status: "error", ename: "PhilabIsMissing", evalue: words, traceback: words.split("\n") };
  const answers: Readonly<Record<string, Json>> = {
    kernel_info_request: {
      status: "ok",
      protocol_version: protocolVersion,
      implementation: "philab",
      implementation_version: "0",
      banner: words,
      language_info: { name: "typescript", version: "", mimetype: "text/typescript", file_extension: ".ts" },
    },
    execute_request: { ...failure, execution_count: 0, user_expressions: {} },
    is_complete_request: { status: "complete" },
    complete_request: { status: "ok", matches: [], cursor_start: 0, cursor_end: 0, metadata: {} },
    inspect_request: { status: "ok", found: false, data: {}, metadata: {} },
    history_request: { status: "ok", history: [] },
    comm_info_request: { status: "ok", comms: {} },
    interrupt_request: { status: "ok" },
    shutdown_request: { status: "ok", restart: content.restart === true },
  };
  return Object.hasOwn(answers, header.msg_type) ? (answers[header.msg_type] as Json) : {};
}
