/** `npm run readme`: writes the table of equations into README.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { equationMarks, equationTable } from "./equationTable.js";

const file = join(packageRoot(), "README.md");
const [begin, end] = equationMarks;
const text = readFileSync(file, "utf8");
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`README.md: needed ${begin} … ${end}`);
writeFileSync(file, `${before}${begin}\n\n${await equationTable()}\n\n${end}${after}`);
