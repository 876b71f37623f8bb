/** Globals of Node 24: @types/node is that of the oldest Node that the package runs in. */
export const newerGlobals: string = `
interface Navigator {
  /** The processor's cores that the process may use. */
  readonly hardwareConcurrency: number;
  readonly language: string;
  readonly languages: readonly string[];
  readonly platform: string;
  readonly userAgent: string;
  readonly locks: LockManager;
}
interface Lock { readonly name: string; readonly mode: "exclusive" | "shared" }
interface LockOptions { mode?: "exclusive" | "shared"; ifAvailable?: boolean; steal?: boolean; signal?: AbortSignal }
interface LockManager {
  /** Calls back while it holds the lock of that name, and gives what that gives. */
  request<T>(name: string, callback: (lock: Lock | null) => T | Promise<T>): Promise<T>;
  request<T>(name: string, options: LockOptions, callback: (lock: Lock | null) => T | Promise<T>): Promise<T>;
  query(): Promise<{ held: { name: string; mode: string }[]; pending: { name: string; mode: string }[] }>;
}
declare var Navigator: { readonly prototype: Navigator };
declare var navigator: Navigator;
interface RegExpConstructor {
  /** The text as a pattern that matches it alone. */
  escape(text: string): string;
}
interface URLPatternResult {
  readonly inputs: readonly (string | Record<string, string>)[];
  readonly protocol: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly hostname: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly pathname: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly search: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly hash: { readonly input: string; readonly groups: Record<string, string | undefined> };
}
declare class URLPattern {
  constructor(pattern?: string | Record<string, string>, base?: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly username: string;
  readonly password: string;
  readonly hasRegExpGroups: boolean;
  test(input?: string | Record<string, string>, base?: string): boolean;
  exec(input?: string | Record<string, string>, base?: string): URLPatternResult | null;
}
declare class CloseEvent extends Event {
  constructor(type: string, init?: { wasClean?: boolean; code?: number; reason?: string });
  readonly wasClean: boolean;
  readonly code: number;
  readonly reason: string;
}
declare namespace Intl {
  class DurationFormat {
    constructor(locales?: string | readonly string[], options?: Record<string, unknown>);
    format(duration: Record<string, number>): string;
    formatToParts(duration: Record<string, number>): { type: string; value: string; unit?: string }[];
    resolvedOptions(): Record<string, unknown> & { locale: string };
  }
}
interface JSON {
  /** A number's or string's text as it is to stand in JSON. */
  rawJSON(text: string): { readonly rawJSON: string };
  isRawJSON(value: unknown): boolean;
}
interface Date { getYear(): number; setYear(year: number): number; toGMTString(): string }
interface Console {
  context(name?: string): Console;
  createTask(name: string): { run<T>(body: () => T): T };
}
`;
