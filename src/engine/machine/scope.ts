/** What is taken inside `scope(…)` goes at its end, but for what is returned; which scope is open is a matter of context. */

import { nodeRuntime } from "./runtime.node.js";

/** Memory that ends with its scope, unless what it belongs to is returned. */
export interface ScopedMemory {
  /** What stands for it in what is returned. */
  readonly key: object;
  /** It is given back. */
  end(): void;
  /** It leaves all scopes: the collector has to find out when it has gone. */
  settle(): void;
}

/** One run of `scope(…)`. */
export class Scope {
  readonly #taken = new Set<ScopedMemory>();
  #isOpen = true;

  constructor(readonly outer: Scope | undefined) {}

  get isOpen(): boolean {
    return this.#isOpen;
  }

  take(memory: ScopedMemory): void {
    this.#taken.add(memory);
  }

  /** Ends all but what is kept, which becomes the outer scope's, or nobody's. */
  close(kept: ReadonlySet<unknown>): void {
    this.#isOpen = false;
    const outer = open(this.outer);
    for (const memory of this.#taken) {
      if (!kept.has(memory.key)) memory.end();
      else if (outer === undefined) memory.settle();
      else outer.take(memory);
    }
    this.#taken.clear();
  }
}

/** The innermost scope that is open where this is asked. */
export function currentScope(): Scope | undefined {
  return open(context?.current());
}

/** Runs `work` with a scope of its own around it; the result, and the scope, which is still open. */
export function runInside<T>(work: () => T): { readonly scope: Scope; readonly result: T } {
  context ??= newContext();
  const scope = new Scope(currentScope());
  try {
    return { scope, result: context.run(scope, work) };
  } catch (error) {
    scope.close(new Set());
    throw error;
  }
}

function open(scope: Scope | undefined): Scope | undefined {
  let inner = scope;
  while (inner !== undefined && !inner.isOpen) inner = inner.outer;
  return inner;
}

/** Who knows which scope some code runs in. */
interface Context {
  current(): Scope | undefined;
  run<T>(scope: Scope, work: () => T): T;
}

let context: Context | undefined;

/** In Node also behind an `await`; in a page nothing says which promise goes on, and only what comes before it is inside. */
function newContext(): Context {
  return nodeRuntime()?.newContext<Scope>() ?? new CallContext();
}

/** The scope of the calls that run now. */
class CallContext implements Context {
  #inner: Scope | undefined;

  current(): Scope | undefined {
    return this.#inner;
  }

  run<T>(scope: Scope, work: () => T): T {
    const outer = this.#inner;
    this.#inner = scope;
    try {
      return work();
    } finally {
      this.#inner = outer;
    }
  }
}
