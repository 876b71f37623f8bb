import type { ParseArgsConfig } from "node:util";

/** The words of a bench on the command line, as `util.parseArgs` describes them. */
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** What was asked for: the values of a bench's options, none where a word was not given. */
export type Asked = Readonly<Record<string, string | boolean | undefined>>;

/** Where a bench speaks while it measures. */
export interface Told {
  /** What happens, for whom waits. */
  say(line: string): void;
  /** One finding, as soon as it is there: a line of JSON, where JSON was asked for. */
  found(finding: object): void;
}

/** One bench. */
export interface Bench {
  readonly options: Options;
  /** Runs in the Node that runs cells (the fastest that the installation has), not in the one that started it. */
  readonly inRuntime: boolean;
  /** Measures, and returns all findings as a table for reading. Throws UsageError for words that mean nothing. */
  run(asked: Asked, told: Told): Promise<string>;
}
