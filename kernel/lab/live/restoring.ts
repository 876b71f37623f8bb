/** What a reader has written before a worker began anew. */

import type { LocalModel } from "../views/localModel.js";

/** The question that writes it again, for the exercise that is asked about; undefined where nothing was written. */
export function restoring(model: LocalModel, asked: unknown): object | undefined {
  const { about } = asked as { about?: unknown };
  const { exercise } = (model.get("payload") ?? {}) as { exercise?: Marks };
  const answers = (exercise?.asked ?? []).filter(({ text }) => text !== undefined);
  if (exercise?.about !== about || answers.length === 0) return undefined;
  return { about, question: { ask: "restore", answers } };
}

interface Marks {
  readonly about: string;
  readonly asked: readonly { readonly line: number; readonly text?: string }[];
}
