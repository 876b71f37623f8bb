import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readFigure } from "../../kernel/lab/views/figurePayload.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { PLOTLY_MIME } from "../../src/mime/types.js";

const folder = join(packageRoot(), "notebooks");

describe("the course's own figures", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ipynb")))
    it(`are drawn as they are stored, nothing cut or left out: ${file}`, async () => {
      const { cells } = await readNotebook(join(folder, file));
      const outputs = cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));
      const payloads = outputs.flatMap((output) =>
        "data" in output ? (output.data[PLOTLY_MIME] ?? []) : [],
      );
      for (const payload of payloads) assert.deepEqual(readFigure(payload).notes, []);
    });
});
