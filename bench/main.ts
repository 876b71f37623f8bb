/** `npm run bench -- NAME [--json]`: runs one bench and prints what it measured. */
import { machine } from "./machine.js";
import { jsonLine, type Row, table } from "./row.js";

/** A bench measures and returns its rows; what it wants to say meanwhile goes to `say`. */
export type Bench = (say: (line: string) => void) => Promise<readonly Row[]>;

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  kernel: async () => (await import("./kernel/bench.js")).kernelBench,
};

const words = process.argv.slice(2);
const asJson = words.includes("--json");
const [name, ...others] = words.filter((word) => word !== "--json");
const load = benches[name ?? ""];
if (load === undefined || others.length > 0) {
  const known = Object.keys(benches).join(", ");
  process.stderr.write(`usage: npm run bench -- NAME [--json]\nNAME is one of: ${known}\n`);
  process.exit(2);
}

const bench = await load();
const rows = await bench((line) => process.stderr.write(`${line}\n`));
if (asJson) {
  console.log(JSON.stringify({ machine: machine() }));
  for (const row of rows) console.log(jsonLine(rows, row));
} else console.log(`${machine()}\n\n${table(rows)}`);
process.exit(0); // a socket that waits for a killed kernel would hold the process
