/** The equations that a notebook's text tags, as in $$f = g \tag{4}$$. */
import type { Notebook } from "../format/types.js";

/** A tag, and where it stands. */
export interface TaggedDisplay {
  /** "(4)" for \tag{4}. */
  readonly tag: string;
  /** The cell, counted from 0. */
  readonly at: number;
  /** What the display says beside its tag; undefined where it has several tags, or stands in no $$ … $$. */
  readonly tex: string | undefined;
}

const tags = /\\tag\*?\s*\{([^{}]+)\}/g;

/** Every tag of the text cells, in their order. */
export function taggedDisplays({ cells }: Notebook): TaggedDisplay[] {
  return cells.flatMap(({ cell_type, source }, at) => (cell_type === "markdown" ? tagsOf(source, at) : []));
}

function tagsOf(source: string, at: number): TaggedDisplay[] {
  // odd parts stand between two $$
  return source.split("$$").flatMap((part, place) => {
    const found = [...part.matchAll(tags)];
    const alone = found.length === 1 && place % 2 === 1;
    const tex = alone ? part.replace(tags, "").trim() : undefined;
    return found.map(([, tag]) => ({ tag: `(${tag})`, at, tex }));
  });
}
