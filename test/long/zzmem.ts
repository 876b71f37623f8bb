import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { startKernel } from "../kernel/client.js";

const [node, ...flags] = process.argv.slice(2);
const kernel = await startKernel({
  command: (file) => [node!, ...flags, join(packageRoot(), "dist/kernel/main.js"), file],
});
const rss = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${kernel.process.pid}/status`, "utf8"))?.[1]) / 1024;
const said = [rss()];
let most = 0;
for (let n = 0; n < 7; n++) {
  for (let k = 0; k < 500; k++) {
    await kernel.execute("1");
    if (k % 10 === 0) most = Math.max(most, rss());
  }
  said.push(rss());
}
const cpu = readFileSync(`/proc/${kernel.process.pid}/stat`, "utf8").split(" ");
console.log(
  node!.slice(-12),
  flags.join(" "),
  said.map(Math.round).join(" "),
  "most",
  Math.round(most),
  "ticks",
  Number(cpu[13]) + Number(cpu[14]),
);
await kernel.stop();
