import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { startKernel } from "./client.js";

/** A piece of an example: what a reader types, and what the README says is shown then. */
interface Piece {
  readonly code: string;
  readonly stated: readonly string[];
}

const readme = readFileSync(join(packageRoot(), "README.md"), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code as string);

/** A piece ends after lines that begin with `// →`. */
function pieces(example: string): Piece[] {
  const parts = example.match(/(?:^(?!\/\/ →).*\n)+(?:^\/\/ → .*\n)*/gm) ?? [];
  assert.equal(parts.join(""), example);
  return parts.map((code) => ({
    code,
    stated: [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => (line as string).trim()),
  }));
}

/** The lines of what a cell shows as text. */
function shown(iopub: readonly Message[]): string[] {
  const texts = iopub.map(({ content }) => (content.data as Json | undefined)?.["text/plain"]);
  return texts.flatMap((text) => String(text ?? "").split("\n")).map((line) => line.trim());
}

describe("README's examples, each in a fresh kernel", function () {
  this.timeout(60_000);

  it("are there, and say what is shown", () => {
    assert.ok(examples.length >= 3);
    for (const example of examples) assert.match(example, /^\/\/ → /m);
  });

  for (const example of examples) {
    it(`run as they stand: ${example.split("\n", 1)[0]}`, async () => {
      const kernel = await startKernel();
      for (const { code, stated } of pieces(example)) {
        const { reply, iopub } = await kernel.execute(code);
        assert.equal(reply.content.status, "ok", `${code}${reply.content.evalue}`);
        const lines = shown(iopub);
        assert.deepEqual(
          lines.filter((line) => stated.includes(line)),
          stated,
          `${code}${lines.join("\n")}`,
        );
      }
      await kernel.stop();
    });
  }
});
