/** The hostile notebooks: what each tries, and what must not happen (index.json). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";

export interface HostileNotebook {
  readonly file: string;
  readonly group: string;
  readonly must_not: readonly string[];
  readonly note?: string;
  /** The name it is to have, where that is hostile too. */
  readonly name?: string;
}

const folder = join(packageRoot(), "test", "hostile");

export const hostile: readonly HostileNotebook[] = JSON.parse(
  readFileSync(join(folder, "index.json"), "utf8"),
);

export const pathOf = ({ file }: HostileNotebook): string => join(folder, "notebooks", file);
