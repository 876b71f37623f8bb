/** Certificates for the second program: stored ones, and forged ones. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Judgement, judge } from "../../checker/judge.js";

const notebooks = fileURLToPath(new URL("../../notebooks/", import.meta.url));

export interface Stored {
  readonly file: string;
  readonly certificate: Readonly<Record<string, unknown>> & { readonly statement: string };
}

/** Every certificate in the outputs of the stored notebooks. */
export function storedCertificates(): Stored[] {
  const files = readdirSync(notebooks).filter((name) => name.endsWith(".ipynb"));
  return files.flatMap((file) =>
    certificatesIn(JSON.parse(readFileSync(join(notebooks, file), "utf8"))).map((certificate) => ({
      file,
      certificate,
    })),
  );
}

function certificatesIn(json: unknown): Stored["certificate"][] {
  if (typeof json !== "object" || json === null) return [];
  const own = (json as { certificate?: Stored["certificate"] }).certificate;
  const within = Object.entries(json).filter(([key]) => key !== "certificate");
  return [...(own ? [own] : []), ...within.flatMap(([, value]) => certificatesIn(value))];
}

/** What the second program says of a statement under these declarations, as if it were certified for all sizes. */
export function judged(
  declarations: string,
  statement: string,
  more: Readonly<Record<string, unknown>> = {},
): Judgement {
  return judge({ version: 1, declarations, statement, level: "all sizes", shapes: [], ...more });
}
