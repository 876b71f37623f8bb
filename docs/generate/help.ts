/** A part of `npm run build`: writes dist/help.json, the pages that `help` shows in a cell. */

import { mkdirSync, writeFileSync } from "node:fs";
import { rules } from "../../src/symbolic/rules/all.js";
import { publicNames } from "./publicNames.js";

const cell = publicNames("kernel/runner/cellModule.ts").flatMap(({ names }) => names);
const laws = rules.map(({ name, law, source }) => ({
  name,
  ...{ signature: "", example: "", members: [] },
  doc: `$${law}$\n\n${source}`,
}));
const sections = [
  ...publicNames(),
  { title: "In a cell", names: cell },
  { title: "Rules of derivations", names: laws },
];
mkdirSync(new URL("../../dist/", import.meta.url), { recursive: true });
writeFileSync(new URL("../../dist/help.json", import.meta.url), JSON.stringify(sections));
