import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const kernel = join(packageRoot(), "kernel");

/** The room of a file: its folder, one of notebook's folders, main or cli; undefined for what is no room. */
function roomOf(file: string): string | undefined {
  const [first, second] = relative(kernel, file).split("/") as [string, string?];
  if (first === "notebook") return second;
  return second === undefined && first === "usageError.ts" ? undefined : first.replace(/\.ts$/, "");
}

/** `from --> to` for each import between two rooms that there is. */
function imported(): Set<string> {
  const arrows = new Set<string>();
  const files = readdirSync(kernel, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.startsWith("lab"))) {
    const path = join(kernel, file);
    for (const [, name] of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)) {
      const target = join(dirname(path), `${name}.ts`);
      const [user, used] = [roomOf(path), roomOf(target)];
      if (target.startsWith(`${kernel}/`) && used && user !== used) arrows.add(`${user} --> ${used}`);
    }
  }
  return arrows;
}

/** `from --> to` for each arrow of the README's picture. */
function drawn(): Set<string> {
  const [, picture] = /```mermaid\n([^`]+)```/.exec(readFileSync(join(kernel, "README.md"), "utf8")) ?? [];
  const arrows = [...(picture ?? "").matchAll(/^ *(\w+)(?:\["[^"]*"\])? --> (.+)$/gm)];
  return new Set(
    arrows.flatMap(([, user, used]) => (used as string).split(" & ").map((each) => `${user} --> ${each}`)),
  );
}

describe("the picture of the kernel's folders", () => {
  it("shows the imports that there are, and no others", () => {
    assert.deepEqual([...drawn()].sort(), [...imported()].sort());
  });
});
