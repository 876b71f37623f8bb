/**
 * What the protocol process asks the language process, and what it answers. Plain data: it crosses a pipe. Nothing is
 * imported here: these types are part of what cells know, and TypeScript's own declarations would come with them.
 */

/** The source maps of one cell: TypeScript → JavaScript module, and JavaScript module → what runs. */
export interface StageMaps {
  readonly first: string;
  readonly second: string;
}

/**
 * Where text was put in, in the text before, and how long it is; lines and columns count from 1. Of a length below 0, so much
 * was left out there.
 */
export interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Insertions made one after another, the first ones first. */
export type Layers = readonly (readonly Insertion[])[];

/** How a cell runs: at once, from step to step, or (for await at its top level) as an async function. */
export type Flow = "plain" | "steps" | "async";

/** JavaScript that the runner can run. */
export interface CellScript {
  readonly code: string;
  /** None where the cell's text is what runs, but for what was put into it. */
  readonly maps: StageMaps | undefined;
  /** What was put into the cell's text before it was converted. */
  readonly insertions: Layers;
  readonly flow: Flow;
  /** Whether it calls anything, or reads what may be a getter: code that only SIGINT stops, a library's. */
  readonly runsOther: boolean;
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

/** The process's operations. */
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

export type LanguageAnswer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: string }
);
