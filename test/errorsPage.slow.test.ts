import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../kernel/place/packageRoot.js";
import * as philab from "../src/index.js";

/** A mistake of docs/errors.md: what is written, what comes, what to try. */
interface Mistake {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

const page = readFileSync(join(packageRoot(), "docs", "errors.md"), "utf8");

const mistakes: Mistake[] = [
  ...page.matchAll(/```ts mistake\n([\s\S]*?)\n```\n\n```text\n([\s\S]*?)\n```\n\nTry: (.*)/g),
].map(([, code = "", message = "", advice = ""]) => ({ code, message, advice }));

/** What the mistakes begin with, from the page itself. */
const beginning = /```ts before\n([\s\S]*?)\n```/.exec(page)?.[1] ?? "";

/** The code's error, as "Name: message"; the code sees philab's names as a cell does. */
function errorOf(code: string): string {
  const names = Object.keys(philab);
  const program = new Function(...names, `${beginning}\nreturn (${code});`);
  try {
    program(...names.map((name) => (philab as Record<string, unknown>)[name]));
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

describe("docs/errors.md", () => {
  it("has thirty mistakes or more, each with what to try", () => {
    assert.ok(mistakes.length >= 30, `${mistakes.length}`);
    assert.equal(mistakes.length, page.match(/^```ts mistake$/gm)?.length);
    for (const { code, advice } of mistakes) assert.ok(advice.length > 10, code);
    assert.equal(new Set(mistakes.map(({ code }) => code)).size, mistakes.length);
  });

  for (const { code, message } of mistakes) {
    it(`says what comes of ${code.slice(0, 70)}`, () => {
      assert.equal(errorOf(code), message);
    });
  }

  it("shows messages that say what came and what was needed: each has a number, a name or a rule in it", () => {
    for (const { message } of mistakes)
      assert.match(message, /^\w+: .*(?:\d|needed|is no|not|must|declared|holds|[A-Z])/);
  });
});
