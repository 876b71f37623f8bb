/** A part of `npm run build`: writes dist/help.json, the pages that `help` shows in a cell. */

import { mkdirSync, writeFileSync } from "node:fs";
import { publicNames } from "./publicNames.js";

const cell = publicNames("kernel/runner/cellModule.ts").flatMap(({ names }) => names);
const sections = [...publicNames(), { title: "In a cell", names: cell }];
mkdirSync(new URL("../../dist/", import.meta.url), { recursive: true });
writeFileSync(new URL("../../dist/help.json", import.meta.url), JSON.stringify(sections));
