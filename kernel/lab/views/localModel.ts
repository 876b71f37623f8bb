/** A view's state where the page itself keeps it: in JupyterLab's outputs, in exported pages, in tests. */

import type { ViewModel } from "./contract.js";

type Handler = (content?: unknown) => void;

/** Whom the page tells of what a view keeps and says. */
export interface Listeners {
  /** The names that were set since the last time, with their values. */
  readonly saved?: (changes: Readonly<Record<string, unknown>>) => void;
  readonly sent?: (content: unknown) => void;
}

/** The model, and the page's side of it. */
export class LocalModel implements ViewModel {
  private readonly state: Map<string, unknown>;
  private readonly handlers = new Map<string, Set<Handler>>();
  private unsaved: Record<string, unknown> = {};

  constructor(
    state: Readonly<Record<string, unknown>>,
    private readonly listeners: Listeners = {},
  ) {
    this.state = new Map(Object.entries(state));
  }

  get(name: string): unknown {
    return this.state.get(name);
  }

  set(name: string, value: unknown): void {
    this.unsaved[name] = value;
    this.take(name, value);
  }

  save_changes(): void {
    const changes = this.unsaved;
    this.unsaved = {};
    if (Object.keys(changes).length > 0) this.listeners.saved?.(changes);
  }

  on(event: string, handler: Handler): void {
    this.handlers.set(event, (this.handlers.get(event) ?? new Set()).add(handler));
  }

  off(event: string, handler: Handler): void {
    this.handlers.get(event)?.delete(handler);
  }

  send(content: unknown): void {
    this.listeners.sent?.(content);
  }

  /** A value that comes from the page's side: it needs no saving. */
  take(name: string, value: unknown): void {
    if (this.state.get(name) === value) return;
    this.state.set(name, value);
    this.tell(`change:${name}`, value);
  }

  /** An answer from the page's side. */
  answer(content: unknown): void {
    this.tell("msg:custom", content);
  }

  private tell(event: string, content: unknown): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) handler(content);
  }
}
