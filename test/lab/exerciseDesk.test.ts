import assert from "node:assert/strict";
import type { Left } from "../../kernel/lab/views/contract.js";
import view from "../../kernel/lab/views/derivation.js";
import type { LocalModel } from "../../kernel/lab/views/localModel.js";
import { lecture } from "../../src/index.js";
import { type Bundle, DERIVATION_MIME } from "../../src/mime/types.js";
import { answersKey, displayKey } from "../../src/numeric/show.js";
import { all, mount, one, usePage } from "./page.js";

const L = lecture`dims m n k; A : m x n;  B : n x k`;

interface Live {
  [displayKey](): Bundle;
  readonly [answersKey]: { readonly about: string; answer(question: unknown): unknown };
}

/** An exercise in the page, answered as the kernel does: by name, as plain JSON. */
function sheet(around: { kept?: unknown; live?: boolean } = {}): {
  node: HTMLElement;
  model: LocalModel;
  cleanup: Promise<Left>;
  saved: Record<string, unknown>[];
} {
  const exercise = L.exercise("vec(A*B)").blank("vec-of-product") as unknown as Live;
  const saved: Record<string, unknown>[] = [];
  const sent = (content: unknown): void => {
    const { about, question } = JSON.parse(JSON.stringify(content));
    const own = exercise[answersKey];
    const answer = about === own.about ? { about, reply: own.answer(question) } : { about, missing: true };
    mounted.model.answer(JSON.parse(JSON.stringify(answer)));
  };
  const payload = JSON.parse(JSON.stringify(exercise[displayKey]()[DERIVATION_MIME]));
  const mounted = mount(view, payload, {
    live: around.live ?? true,
    sent,
    saved: (changes) => void saved.push({ ...changes }),
    typeset: (place, tex) => {
      place.textContent = `⟦${tex}⟧`;
    },
    ...(around.kept !== undefined && { state: { kept: around.kept } }),
  });
  return { ...mounted, saved };
}

const field = (node: HTMLElement): HTMLInputElement => one(node, ".philab-field") as HTMLInputElement;
const press = (node: HTMLElement, text: string): void =>
  all(node, "button")
    .find((button) => button.textContent === text)
    ?.click();
const submit = (node: HTMLElement, text: string): void => {
  field(node).value = text;
  one(node, "form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
};

describe("the desk of an exercise", () => {
  usePage();

  it("previews what is written, set as a formula with its size", async () => {
    const { node } = sheet();
    field(node).value = "kron(I(k), A)*vec(B)";
    field(node).dispatchEvent(new Event("input"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.match(one(node, ".philab-preview").textContent ?? "", /^= ⟦.*\\otimes A.*⟧ {2}k·m × 1$/);
  });

  it("has a wrong answer told why, keeps it in the field, and a right one in the line", () => {
    const { node, saved } = sheet();
    submit(node, "kron(A, I(k))*vec(B)");
    assert.equal(one(node, ".philab-remark").dataset.outcome, "wrong");
    assert.equal(field(node).value, "kron(A, I(k))*vec(B)");
    submit(node, "kron(I(k), A)*vec(B)");
    assert.equal(all(node, ".philab-open").length, 0);
    assert.equal(one(node, ".philab-badge").textContent, "✓ all sizes");
    assert.match(one(node, "form").textContent ?? "", /Every line is there/);
    const last = saved.at(-1) as { bundle?: Bundle; kept?: { exercise: { asked: unknown[] } } };
    assert.match(last.bundle?.["text/plain"] ?? "", /✓ all sizes/);
    assert.deepEqual(last.kept?.exercise.asked, [
      { line: 2, text: "kron(I(k), A)*vec(B)", outcome: "right", hints: 0 },
    ]);
  });

  it("gives hints, the solution, the reader's own lines again, and a new beginning", () => {
    const { node } = sheet();
    press(node, "Hint");
    assert.match(one(node, ".philab-remark").textContent ?? "", /use vec-of-product/);
    press(node, "Solution");
    assert.equal(all(node, ".philab-open").length, 0);
    press(node, "Back to my lines");
    assert.equal(all(node, ".philab-open").length, 1);
    press(node, "Start again");
    assert.equal(all(node, ".philab-remark").length, 0);
  });

  it("writes again what was kept beside the cell, where the kernel began anew", () => {
    const { kept } = (() => {
      const first = sheet();
      submit(first.node, "kron(I(k), A)*vec(B)");
      return first.saved.at(-1) as { kept: unknown };
    })();
    const { node } = sheet({ kept });
    assert.equal(all(node, ".philab-open").length, 0);
  });

  it("says where it can be answered, where nobody answers or the kernel does not know it", () => {
    const dead = sheet({ live: false });
    submit(dead.node, "A");
    assert.match(one(dead.node, ".philab-preview").textContent ?? "", /open the notebook with the kernel/);
    const page = mount(view, dead.model.get("payload"), { state: { live: undefined } });
    assert.match(page.node.textContent ?? "", /answered in the notebook/);
    assert.equal(all(page.node, "form").length, 0);
    const { node, model } = sheet();
    const about = (model.get("payload") as { exercise: { about: string } }).exercise.about;
    model.answer({ about, missing: true });
    assert.match(one(node, ".philab-preview").textContent ?? "", /run its cell/);
  });

  it("lets go of the model when it goes", async () => {
    const { node, model, cleanup } = sheet();
    (await cleanup)?.();
    assert.equal(node.childNodes.length, 0);
    assert.doesNotThrow(() => model.answer({ about: "x", missing: true }));
  });
});
