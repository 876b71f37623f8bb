import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** One line that says what was measured on. */
export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { platform, arch, version } = process;
  const processor = `${cores.length} × ${cores[0]?.model.trim()} (${units()})`;
  return `${processor}, ${memory} GB, ${platform} ${arch}, Node ${version}`;
}

/** The widest vectors of the processor, by which libraries choose their code, with its family and model; what Linux says. */
function units(): string {
  try {
    const text = readFileSync("/proc/cpuinfo", "utf8");
    const read = (name: string): string => new RegExp(`^${name}\\s*: (.*)$`, "m").exec(text)?.[1] ?? "?";
    const flags = read("flags").split(" ");
    const widest = [
      ["avx512f", "AVX-512"],
      ["avx2", "AVX2"],
    ].find(([flag]) => flags.includes(flag!));
    return `${widest?.[1] ?? "vectors of 128 bits"}, family ${read("cpu family")}, model ${read("model")}`;
  } catch {
    return "units not told";
  }
}
