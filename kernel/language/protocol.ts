/** What the protocol process asks the language worker, and what it answers. Plain data: it crosses a thread. */
import type { StageMaps } from "./compiler.js";
import type { Layers } from "./insertions.js";
import type { Flow } from "./steps.js";

/** JavaScript that the runner can run. */
export interface CellScript {
  readonly code: string;
  readonly maps: StageMaps | undefined;
  /** What was put into the cell's text before it was converted. */
  readonly insertions: Layers;
  readonly flow: Flow;
  /** The variable that holds the value of the last expression. */
  readonly lastExpression: string | undefined;
  /** Static imports, in order: the runner loads those that only `import` can load before the cell runs. */
  readonly imports: readonly string[];
  /** Local .ts modules that changed. */
  readonly modules: readonly LocalScript[];
}

/** A module beside the notebook, as CommonJS. */
export interface LocalScript {
  /** Its path if it were JavaScript, and its own. */
  readonly path: string;
  readonly source: string;
  readonly code: string;
  readonly maps: StageMaps | undefined;
}

/** A type or syntax error: line and column count from 1. */
export interface Problem {
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: string;
}

export type Converted =
  | { readonly problems: readonly Problem[] }
  | {
      readonly problems: readonly [];
      readonly script: CellScript | undefined;
      readonly declarations: string;
    };

/** Positions are UTF-16 offsets here; the protocol's code points are counted at the border. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly text: string; readonly kind: string }[];
}

export type Completeness = {
  readonly status: "complete" | "incomplete" | "invalid";
  readonly indent?: string;
};

export interface Prelude {
  /** Declarations of every public name: what a fresh notebook knows. */
  readonly declarations: string;
  /** The names that have a value: the runner makes a lazy getter for each. */
  readonly values: readonly string[];
}

/** The worker's operations. */
export interface LanguageOperations {
  prelude(): Prelude;
  convert(declarations: string, code: string): Converted;
  /** Declarations after a cell that threw: `after`, without the names that got no value, which stay as `before`. */
  settle(before: string, after: string, assigned: readonly string[]): string;
  complete(declarations: string, code: string, position: number): Completions;
  inspect(declarations: string, code: string, position: number): Record<string, string> | undefined;
  isComplete(code: string): Completeness;
}

export interface Request {
  readonly id: number;
  readonly operation: keyof LanguageOperations;
  readonly args: readonly unknown[];
}

export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });
