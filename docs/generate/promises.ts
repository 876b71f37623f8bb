/** `node --import tsx docs/generate/promises.ts`: writes the table of promises into test/README.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { promisesMarks, promisesTable } from "../../test/promises.js";

const file = join(packageRoot(), "test", "README.md");
const [begin, end] = promisesMarks;
const [before = "", rest = ""] = readFileSync(file, "utf8").split(begin);
const after = rest.split(end)[1] ?? "";
writeFileSync(file, `${before}${begin}\n\n${promisesTable()}\n\n${end}${after}`);
