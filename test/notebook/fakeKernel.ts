/**
 * A kernel that speaks the protocol and does what a cell says in one word, so that the client is tested against
 * what a good kernel never does. `node --import tsx fakeKernel.ts CONNECTION_FILE`.
 */
import { Publisher, Router } from "zeromq";
import { readConnection, tellConnection } from "../../kernel/wire/connection.js";
import { decode, encode, type Json, type Message } from "../../kernel/wire/wire.js";

const file = process.argv.at(-1) as string;
const { key, ...rest } = readConnection(file);
const [shell, control, iopub] = [new Router(), new Router(), new Publisher()];
for (const socket of [shell, control, iopub]) await socket.bind("tcp://127.0.0.1:0");
const port = ({ lastEndpoint }: Router | Publisher): number => Number(lastEndpoint?.split(":").at(-1));
const ports = { shell_port: port(shell), control_port: port(control), iopub_port: port(iopub) };
tellConnection(file, { ...rest, key, ...ports, stdin_port: 1, hb_port: 1 });

let count = 0;
let interrupted = (): void => {};
let published = Promise.resolve();

function answer(
  request: Message,
  msg_type: string,
  content: Json,
  identities: readonly Uint8Array[] = [],
): Uint8Array[] {
  const header = { ...request.header, msg_id: `${Math.random()}`, msg_type };
  return encode(
    { identities, header, parent_header: request.header, metadata: {}, content, buffers: [] },
    key,
  );
}

function publish(request: Message, type: string, content: Json): void {
  published = published.then(() => iopub.send(answer(request, type, content) as Buffer[]));
}

const say = (request: Message, text: string): void => publish(request, "stream", { name: "stdout", text });

/** What each word does; resolves with the status of the reply. */
const words: Record<string, (request: Message, rest: string) => Promise<string> | string> = {
  print: (request, rest) => {
    for (const letter of rest) say(request, letter);
    return "ok";
  },
  throw: (request, rest) => {
    publish(request, "error", {
      ename: "Error",
      evalue: rest,
      traceback: [`Error: ${rest}`, "  at In[1]:1:1"],
    });
    return "error";
  },
  show: (request, rest) => {
    publish(request, "display_data", {
      data: { "text/plain": rest },
      metadata: {},
      transient: { display_id: "d" },
    });
    return "ok";
  },
  update: (request, rest) => {
    publish(request, "update_display_data", {
      data: { "text/plain": rest },
      metadata: {},
      transient: { display_id: "d" },
    });
    return "ok";
  },
  hang: async (request) => {
    say(request, "before");
    await new Promise<void>((resolve) => {
      interrupted = resolve;
    });
    publish(request, "error", { ename: "KeyboardInterrupt", evalue: "interrupted", traceback: [] });
    return "error";
  },
  deaf: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // blocks the whole process
    return "ok";
  },
  die: () => {
    console.error("no memory left");
    process.exit(3);
  },
};

async function serveShell(): Promise<void> {
  for await (const frames of shell) {
    const request = decode(frames, key);
    publish(request, "status", { execution_state: "busy" });
    const [word = "", ...rest] = String(request.content.code ?? "").split(" ");
    const status = (await words[word]?.(request, rest.join(" "))) ?? "ok";
    const content = { status, execution_count: ++count };
    const type = request.header.msg_type.replace("_request", "_reply");
    await shell.send(answer(request, type, content, request.identities) as Buffer[]);
    publish(request, "status", { execution_state: "idle" });
  }
}

async function serveControl(): Promise<void> {
  for await (const frames of control) {
    const { header } = decode(frames, key);
    if (header.msg_type === "interrupt_request") interrupted();
    if (header.msg_type === "shutdown_request") process.exit(0);
  }
}

await Promise.all([serveShell(), serveControl()]);
