import { Window } from "happy-dom";
import type { Left, ViewModule } from "../../kernel/lab/views/contract.js";
import { type Listeners, LocalModel } from "../../kernel/lab/views/localModel.js";
import type { Typeset } from "../../kernel/lab/views/typeset.js";

/** What the views use of a page, beyond what Node has. */
const names = [
  "document",
  "getComputedStyle",
  "MutationObserver",
  "ResizeObserver",
  "requestAnimationFrame",
  "Event",
  "KeyboardEvent",
  "MouseEvent",
] as const;

/** A page for the views of one test file, taken away again at its end. */
export function usePage(): void {
  const before = new Map<string, PropertyDescriptor | undefined>();
  let window: Window;
  const define = (name: string, value: unknown): void => {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  };
  beforeEach(() => {
    window = new Window({ url: "http://localhost/" });
    for (const name of names) define(name, (window as unknown as Record<string, unknown>)[name]);
    define("getComputedStyle", window.getComputedStyle.bind(window));
  });
  afterEach(async () => {
    await window.happyDOM.close();
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    before.clear();
  });
}

/** An empty element in the page. */
export function host(): HTMLElement {
  return document.body.appendChild(document.createElement("div"));
}

/** All elements below `node` that a selector finds. */
export function all(node: ParentNode, selector: string): HTMLElement[] {
  return [...node.querySelectorAll<HTMLElement>(selector)];
}

/** The one element below `node` that a selector finds; throws where there is none, or more. */
export function one(node: ParentNode, selector: string): HTMLElement {
  const found = all(node, selector);
  if (found.length !== 1) throw new Error(`${selector}: ${found.length} elements; needed one`);
  return found[0];
}

/** Sends an event of the mouse or keyboard that bubbles, as a reader's would. */
export function hover(node: HTMLElement): void {
  node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
}

/** Presses a key while `node` has the focus; whether the view took it for itself. */
export function press(node: HTMLElement, key: string): boolean {
  return !node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** A view that is shown. */
export interface Mounted {
  readonly node: HTMLElement;
  readonly model: LocalModel;
  readonly cleanup: Promise<Left>;
}

/** What the page brings along for a view. */
export interface Around extends Listeners {
  readonly typeset?: Typeset;
  readonly live?: boolean;
  /** What the page has kept, by names. */
  readonly state?: Readonly<Record<string, unknown>>;
}

/** Shows a payload by a view's module; what needs no waiting is there at once. */
export function mount(view: ViewModule, payload: unknown, around: Around = {}): Mounted {
  const [node, model] = [
    host(),
    new LocalModel({ payload, live: around.live ?? false, ...around.state }, around),
  ];
  const typeset = around.typeset ? { typeset: around.typeset } : {};
  return { node, model, cleanup: Promise.resolve(view.render({ model, el: node, ...typeset })) };
}
