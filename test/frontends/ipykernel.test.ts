import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kernelCommand } from "../../kernel/place/kernelCommand.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { kernelSpec } from "../../kernel/setup/kernelSpec.js";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { type Client, type Exchange, startKernel } from "../kernel/client.js";

/** What ipykernel said, each value replaced by what it is: askIpykernel.py wrote it. */
interface Stored {
  readonly versions: Json;
  readonly kernelspec: Json;
  readonly messages: Readonly<
    Record<string, { readonly reply: Json; readonly iopub: Readonly<Record<string, Json>> }>
  >;
}

const file = join(packageRoot(), "test/fixtures/ipykernel.json");
const stored = JSON.parse(readFileSync(file, "utf8")) as Stored;

/** Fields that ipykernel alone has, and why. */
const theirs: Readonly<Record<string, string>> = {
  "execute: reply.metadata.dependencies_met": "of ipyparallel's engines",
  "execute: reply.metadata.engine": "of ipyparallel's engines",
  "failing execute: reply.content.engine_info": "of ipyparallel's engines",
  "failing execute: reply.content.payload": "the protocol omits the usual content after an error",
  "failing execute: reply.content.user_expressions": "the protocol omits the usual content after an error",
  "kernel_info: reply.content.language_info.codemirror_mode.version": "of Python 2 and 3",
  "kernel_info: reply.content.supported_features.0": "there is none here: no subshells, no debugger",
  "complete: reply.content.metadata._jupyter_types_experimental.0.signature": "optional; inspection has it",
};
/** Fields that ours alone has. */
const ours: Readonly<Record<string, string>> = {
  "kernel_info: reply.content.language_info.codemirror_mode.typescript": "CodeMirror's mode of TypeScript",
  "kernel_info: reply.content.supported_features": "empty",
  "kernel_info: reply.content.debugger": "deprecated, and read by older front ends",
};

/** Whether the field, or what it is part of, is among those known of this request; those of execute are of every kind of it. */
function isKnown(known: typeof theirs, name: string, field: string): boolean {
  return Object.keys(known).some(
    (each) => `${name}: ${field}`.endsWith(each) || `${name}: ${field}`.includes(`${each}.`),
  );
}

function shape(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]));
}

/** Bundles by MIME name, whose entries are the kernel's own affair. */
const bundle = /\.data$/;

/** `path: what it is` of each leaf. */
function fields(value: unknown, path: string): string[] {
  if (typeof value === "string") return [`${path} is a ${value}`];
  if (bundle.test(path)) return [`${path} is a bundle`];
  const entries = Object.entries(value as Json);
  return entries.length === 0
    ? [`${path} is empty`]
    : entries.flatMap(([key, each]) => fields(each, `${path}.${key}`));
}

const parts = ({ header, parent_header, metadata, content }: Message): Json =>
  shape({ header, parent_header, metadata, content }) as Json;

describe("beside ipykernel", function () {
  this.timeout(60_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const user_expressions = { x: "2" };
  const asked: Readonly<Record<string, () => Promise<Exchange>>> = {
    kernel_info: () => kernel.request("shell", "kernel_info_request", {}),
    execute: () => kernel.execute("1", { user_expressions }),
    "failing execute": () => kernel.execute("null.x"),
    "printing execute": () => kernel.execute("console.log(1)"),
    complete: () => kernel.request("shell", "complete_request", { code: "Math.sqr", cursor_pos: 8 }),
    inspect: () =>
      kernel.request("shell", "inspect_request", { code: "parseInt", cursor_pos: 3, detail_level: 0 }),
    is_complete: () => kernel.request("shell", "is_complete_request", { code: "for (;;) {" }),
    history: () =>
      kernel.request("shell", "history_request", {
        hist_access_type: "tail",
        n: 1,
        output: false,
        raw: true,
      }),
    comm_info: () => kernel.request("shell", "comm_info_request", {}),
  };

  it("is asked everything", () =>
    assert.deepEqual(Object.keys(asked).sort(), Object.keys(stored.messages).sort()));

  for (const [name, ask] of Object.entries(asked)) {
    it(`${name}: the reply and what iopub says have the same fields of the same types`, async () => {
      const { reply, iopub } = await ask();
      const wanted = stored.messages[name] as Stored["messages"][string];
      const said = Object.fromEntries(
        [...iopub].reverse().map((message): [string, Json] => [message.header.msg_type, parts(message)]),
      );
      const here = [...fields(parts(reply), "reply"), ...fields(said, "iopub")];
      const there = [...fields(wanted.reply, "reply"), ...fields(wanted.iopub, "iopub")];
      const only = (these: string[], those: string[], known: typeof theirs): string[] =>
        these.filter((each) => !those.includes(each) && !isKnown(known, name, each.split(" ")[0] as string));
      assert.deepEqual(only(there, here, theirs), [], "ipykernel's alone");
      assert.deepEqual(only(here, there, ours), [], "ours alone");
    });
  }

  it("has ipykernel's fields in kernel.json, and names the protocol that it names", () => {
    const spec = kernelSpec(kernelCommand());
    for (const field of Object.keys(stored.kernelspec)) assert.ok(field in spec, field);
    assert.equal(spec.kernel_protocol_version, stored.kernelspec.kernel_protocol_version);
  });

  it("answers kernel_info on control too, names no optional feature, and writes 5.5 into every header", async () => {
    const { reply, iopub } = await kernel.request("control", "kernel_info_request", {});
    const { protocol_version, supported_features, debugger: hasDebugger } = reply.content;
    assert.deepEqual([protocol_version, supported_features, hasDebugger], ["5.5", [], false]);
    for (const { header } of [reply, ...iopub]) assert.equal(header.version, "5.5");
  });

  it("does not answer a request for a subshell, as a kernel without any, and answers the next", async () => {
    const id = kernel.send("control", "create_subshell_request", {});
    await kernel.outputs(id);
    const { reply } = await kernel.request("control", "kernel_info_request", {});
    assert.equal(reply.content.status, "ok");
    await assert.rejects(
      Promise.race([kernel.reply(id), new Promise((_, no) => setTimeout(no, 200, new Error("none")))]),
      /none/,
    );
  });
});
