import { cpus, totalmem } from "node:os";

/** One line that says what was measured on. */
export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { platform, arch, version } = process;
  return `${cores.length} × ${cores[0]?.model.trim()}, ${memory} GB, ${platform} ${arch}, Node ${version}`;
}
