import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { viewOfType } from "../../kernel/lab/views/registry.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { formulasIn } from "../../kernel/notebook/page/explorer.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { CARD_MIME, DERIVATION_MIME, VERDICT_MIME } from "../../src/mime/types.js";
import { mount, usePage } from "./page.js";

const folder = join(packageRoot(), "notebooks");
const withFormulas = [CARD_MIME, DERIVATION_MIME, VERDICT_MIME] as const;

describe("a page from the disk, which sets no formula itself, brings all that its views ask for", () => {
  usePage();

  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ipynb")))
    it(file, async () => {
      const { cells } = await readNotebook(join(folder, file));
      for (const cell of cells)
        for (const output of cell.cell_type === "code" ? cell.outputs : [])
          for (const type of withFormulas) {
            const payload = "data" in output ? output.data[type] : undefined;
            const view = viewOfType.get(type);
            if (payload === undefined || view === undefined) continue;
            const brought = formulasIn(payload);
            const asked: string[] = [];
            await mount(view, payload, { typeset: (_, tex) => asked.push(tex) }).cleanup;
            assert.deepEqual(
              asked.filter((tex) => !brought.has(tex)),
              [],
            );
          }
    });
});
