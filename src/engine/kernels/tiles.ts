/**
 * The two sums that all products of a layer are made of. They come from one of two makers, in WebAssembly (wasmTiles.ts)
 * or as calls of machine code (machineTiles.ts, ../x86); tasks do not ask which.
 */

import type { Code } from "../wasm/code.js";
import type { FunctionScope } from "../wasm/module.js";
import type { Named } from "./task.js";

/** Values by the names of what they are. */
export type FieldValues<Field extends string> = Readonly<Record<Field, { readonly get: Code }>>;

/** What is done to a sum before it is stored. */
export const finishing = { bias: 1, relu: 2 } as const;

// biome-ignore format: where, what, how long
export const placesFields = ["starts", "places", "z", "w", "panelStep", "y", "ldy", "width", "runs", "length", "jump", "bias", "finish"] as const;

export type PlacesField = (typeof placesFields)[number];

// biome-ignore format: as above
export const listedFields = ["starts", "places", "z", "length", "ds", "dsPanel", "dw", "dwPanel", "panels", "fresh"] as const;

export type ListedField = (typeof listedFields)[number];

// biome-ignore format: as above
export const entriesFields = ["zStep", "places", "z", "length", "ds", "dsPanel", "dw", "dwPanel", "panels", "fresh"] as const;

export type EntriesField = (typeof entriesFields)[number];

/** Code that computes with what these local variables hold; `scratch` is the thread's own memory. */
export interface TileCode {
  /**
   * W φ(Z) + b 1ᵀ: `places` output places from the list `starts` on, each read at z + start, `runs` runs of `length`
   * numbers, `jump` bytes between them; panels from w on, panelStep bytes apart, as many as hold `width` channels;
   * results ldy bytes apart at y. All counts are at least 1. The variables are used up.
   */
  places(given: Named<PlacesField | "scratch">): Code;

  /** The same of one panel, whose width may be less; the variables stay. */
  panel(given: FieldValues<Exclude<PlacesField, "panelStep"> | "scratch">): Code;

  /**
   * W z of `rows` columns z, no more than a tile has, by all of so many panels: columns of `length` numbers at
   * z + start, panels from w on, one behind the other, results ldy bytes apart at y.
   */
  columns(
    scope: FunctionScope,
    rows: number,
    given: FieldValues<"starts" | "z" | "w" | "y" | "ldy" | "panels" | "length" | "scratch">,
  ): Code;

  /**
   * dS φ(Z)ᵀ: `length` neighbouring entries from z + start on, for each start of a list, in all panels. It is set where
   * `fresh` is not 0, else added to.
   */
  listedEntries(scope: FunctionScope, given: FieldValues<ListedField | "scratch">): Code;

  /** The same with zStep bytes from place to place, in one panel, and set. */
  entries(
    scope: FunctionScope,
    given: FieldValues<"zStep" | "places" | "z" | "length" | "ds" | "dw" | "scratch">,
  ): Code;
}
