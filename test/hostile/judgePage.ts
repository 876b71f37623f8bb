/** A hostile notebook's page, made in bounded time and judged. */
import assert from "node:assert/strict";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { judgedCells, textIn } from "./judge.js";
import { type HostileNotebook, hostile, pathOf } from "./notebooks.js";

/**
 * Processor time that a page may take. The budgets of two parts that take too long are 2.25 s; on a slow machine ending a
 * thread and starting another takes a second each time. Without a budget it is minutes.
 */
const mostCpuMs = 10_000;

export async function judgePage(one: HostileNotebook): Promise<void> {
  const notebook = await readNotebook(pathOf(one));
  const started = process.cpuUsage();
  const page = await exportPage(notebook, one.name ?? one.file);
  const { user, system } = process.cpuUsage(started);
  assert.ok((user + system) / 1000 < mostCpuMs, `${one.file}: ${(user + system) / 1000} ms`);
  assert.ok(page.length < 4e6, `${one.file}: ${page.length} characters`);
  const cells = judgedCells(page);
  assert.equal(cells.length, notebook.cells.length, `${one.file}: every cell is there`);
  const last = cells[cells.length - 1];
  const source = notebook.cells[notebook.cells.length - 1]?.source.trim() ?? "";
  assert.ok(last && textIn(last).includes(source), `${one.file}: the last cell shows its own source`);
}

/** The pages of a group, one after the other; the error of one names it. */
export async function judgeGroup(group: string): Promise<void> {
  for (const one of hostile.filter((each) => each.group === group)) {
    await judgePage(one).catch((error: Error) => {
      throw Object.assign(error, { message: `${one.file}: ${error.message}` });
    });
  }
}
