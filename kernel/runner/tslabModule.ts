/** What `import * as tslab from "tslab"` gives: its display, over ours, so that notebooks written for it still run. */
import { randomUUID } from "node:crypto";
import { display } from "./display.js";

const mimes = {
  javascript: "text/javascript",
  html: "text/html",
  markdown: "text/markdown",
  latex: "text/latex",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
} as const;

type Show = (data: string | Uint8Array) => void;
type TslabDisplay = Record<keyof typeof mimes, Show> & { raw(mime: string, data: string | Uint8Array): void };

/** tslab's module: `display`, `newDisplay()` whose later calls replace what its first call showed, `versions`. */
export const tslab: { display: TslabDisplay; newDisplay(): TslabDisplay; versions: Record<string, string> } =
  {
    display: displayOf((mime, data) => display({ [mime]: data }, { raw: true })),
    newDisplay() {
      const display_id = randomUUID();
      let update = false;
      return displayOf((mime, data) => {
        display({ [mime]: data }, { raw: true, display_id, update });
        update = true;
      });
    },
    versions: { tslab: "1.0.22", typescript: "5.9.3", node: process.version },
  };

function displayOf(raw: TslabDisplay["raw"]): TslabDisplay {
  const each = Object.entries(mimes).map(([name, mime]) => [
    name,
    (data: string | Uint8Array) => raw(mime, data),
  ]);
  return { ...Object.fromEntries(each), raw } as TslabDisplay;
}
