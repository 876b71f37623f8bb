/** Samples, kept by measure and subject in the order in which these were first seen. */
import type { Row } from "../row.js";
import type { Sample } from "./measure.js";

export interface Records {
  add(measure: string, subject: string, sample: Sample): void;
  /** Whether the subject has failed to give a number, which is not asked for again: each try costs its time limit. */
  hung(measure: string, subject: string): boolean;
  rows(): Row[];
}

interface Kept {
  readonly samples: number[];
  readonly notes: Set<string>;
  hung: boolean;
}

export function records(bench: string): Records {
  const measures = new Map<string, Map<string, Kept>>();

  function kept(measure: string, subject: string): Kept {
    const subjects = measures.get(measure) ?? new Map<string, Kept>();
    measures.set(measure, subjects);
    const now = subjects.get(subject) ?? { samples: [], notes: new Set(), hung: false };
    subjects.set(subject, now);
    return now;
  }

  return {
    add(measure, subject, { ms, note }) {
      const { samples, notes } = kept(measure, subject);
      if (ms !== undefined) samples.push(ms);
      else kept(measure, subject).hung = true;
      if (note) notes.add(note);
    },
    hung: (measure, subject) => kept(measure, subject).hung,
    rows: () =>
      [...measures].flatMap(([measure, subjects]) =>
        [...subjects].map(([subject, { samples, notes }]) => ({
          bench,
          measure,
          subject,
          samples,
          note: [...notes].join("; "),
        })),
      ),
  };
}
