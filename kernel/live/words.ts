/** What a page and its worker say to each other. */

/** MIME type → data. */
export type ShownBundle = Readonly<Record<string, unknown>>;

/** To the worker: first what it is made of, then cells, one after the other, and what views ask. */
export type ToWorker =
  | {
      readonly op: "begin";
      readonly mathjs: string | undefined;
      readonly files: Readonly<Record<string, string>>;
      readonly digits: Readonly<Record<string, number>>;
    }
  | { readonly op: "run"; readonly cell: number; readonly source: string }
  /** What a view asks of a value that was shown, by a number of its own. */
  | { readonly op: "ask"; readonly number: number; readonly content: unknown };

/** From the worker: what a cell shows, that it is done, and what a view is answered. */
export type FromWorker =
  | {
      readonly op: "stream";
      readonly cell: number;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly op: "display";
      readonly cell: number;
      readonly data: ShownBundle;
      readonly place: string | undefined;
    }
  | { readonly op: "clear"; readonly cell: number }
  | { readonly op: "done"; readonly cell: number; readonly error: string | undefined }
  | { readonly op: "answer"; readonly number: number; readonly content: unknown };
