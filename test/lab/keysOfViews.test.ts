import assert from "node:assert/strict";
import { leaveKeysToViews } from "../../kernel/lab/keysOfViews.js";
import { host, usePage } from "./page.js";

describe("leaveKeysToViews", () => {
  usePage();

  /** Whether the document, where Notebook 7 looks for shortcuts first, sees the mark on what has the focus. */
  function seen(focused: HTMLElement, key: string, held: KeyboardEventInit = {}): boolean {
    let isMarked = false;
    const look = (): void => {
      isMarked = focused.hasAttribute("data-lm-suppress-shortcuts");
    };
    document.addEventListener("keydown", look, { capture: true, once: true });
    focused.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...held }));
    return isMarked;
  }

  it("keeps plain keys from the notebook, on the very element that has the focus", () => {
    const output = host();
    leaveKeysToViews(document.defaultView!);
    output.className = "philab-output";
    const button = output.appendChild(document.createElement("button"));
    for (const key of ["ArrowRight", "Enter", "a"]) assert.equal(seen(button, key), true, key);
    assert.equal(seen(button, "ArrowLeft", { shiftKey: true }), true);
  });

  it("leaves the notebook those with Ctrl, Alt or Meta, Shift+Enter, and all that is pressed elsewhere", () => {
    const output = host();
    leaveKeysToViews(document.defaultView!);
    output.className = "philab-output";
    const button = output.appendChild(document.createElement("button"));
    assert.equal(seen(button, "a"), true);
    for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
      assert.equal(seen(button, "s", held), false, JSON.stringify(held));
    assert.equal(seen(button, "Enter", { shiftKey: true }), false);
    assert.equal(seen(host(), "ArrowRight"), false);
  });
});
