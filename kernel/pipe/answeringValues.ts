/** Values that answer the views that show them: a view asks by the name that its payload has for the value. */

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

/** `{ about, question }` → `{ about, reply }`; `{ about, missing: true }` where no such value was shown here. */
export function answerTo(content: unknown): Record<string, unknown> {
  const { about, question } = (content ?? {}) as { about?: unknown; question?: unknown };
  const value = typeof about === "string" ? answering.get(about) : undefined;
  return value ? { about, reply: value.answer(question) } : { about, missing: true };
}
