/** Values that answer the views that show them: a view asks over a comm, by the name that its payload has for the value. */
import { type Comm, comms } from "./comms.js";

/** A value that says by which name it is asked, and what it answers. */
interface Answering {
  readonly about: string;
  answer(question: unknown): unknown;
}

const answerKey = Symbol.for("philab.answers");
const answering = new Map<string, Answering>();

/** Lets the views of the value ask it; the value shown last answers for its name. */
export function remember(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const own = (value as Record<symbol, unknown>)[answerKey] as Answering | undefined;
  if (own) answering.set(own.about, own);
}

/** `{ about, question }` → `{ about, reply }`; `{ about, missing: true }` where no such value was shown in this kernel. */
export function answerTo(content: unknown): Record<string, unknown> {
  const { about, question } = (content ?? {}) as { about?: unknown; question?: unknown };
  const value = typeof about === "string" ? answering.get(about) : undefined;
  return value ? { about, reply: value.answer(question) } : { about, missing: true };
}

/** JupyterLab's plugin opens a comm for each view that asks. */
export function hearViews(): void {
  comms.register("philab.view", (comm: Comm) => {
    comm.onMessage(({ data }) => comm.send(answerTo(data)));
  });
}
