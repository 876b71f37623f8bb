/** Folders of Jupyter's own for a test, with our kernel installed in them: nothing of the reader's is read or written. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelCommand } from "../../kernel/place/kernelCommand.js";
import { kernelSpec } from "../../kernel/setup/kernelSpec.js";

export interface JupyterHome {
  /** An empty folder for notebooks. */
  readonly notebooks: string;
  /** The environment in which Jupyter finds the kernel, and keeps what it writes. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** A fresh home with the kernel `philab`, as `philab install` describes it, and without the plugin. */
export function jupyterHome(): JupyterHome {
  const folder = mkdtempSync(join(tmpdir(), "philab-frontend-"));
  const kernel = join(folder, "share", "jupyter", "kernels", "philab");
  const notebooks = join(folder, "notebooks");
  for (const path of [kernel, notebooks]) mkdirSync(path, { recursive: true });
  writeFileSync(join(kernel, "kernel.json"), JSON.stringify(kernelSpec(kernelCommand())));
  const env = {
    ...process.env,
    HOME: folder,
    JUPYTER_PATH: join(folder, "share", "jupyter"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
    PHILAB_HISTORY: join(folder, "history.jsonl"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
  return { notebooks, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
