// Starts `npm start` as a newcomer would, asks the JupyterLab it opens for our kernel, and ends it. Only where npm start
// itself says that Python or JupyterLab cannot be had (69) is this skipped; any other end is a failure.
import { spawn } from "node:child_process";

const child = spawn("npm", ["start", "--", "--no-browser"], {
  stdio: ["ignore", "pipe", "inherit"],
  detached: true,
});
const ended = new Promise((resolve) => child.once("close", resolve));
let text = "";

const url = await new Promise((resolve) => {
  child.stdout.on("data", (bytes) => {
    process.stdout.write(bytes);
    text += bytes;
    const address = /https?:\/\/\S+token=\w+/.exec(text);
    if (address) resolve(new URL(address[0]));
  });
  child.once("close", () => resolve(undefined));
});

if (!url) {
  if ((await ended) !== 69) process.exit(1);
  console.log("SKIPPED: no JupyterLab can be had here (see above); notebooks still run by our own runner");
  process.exit(0);
}
const specs = await (
  await fetch(new URL(`/api/kernelspecs?token=${url.searchParams.get("token")}`, url))
).json();
const name = specs.kernelspecs.philab?.spec.display_name;
console.log(`JupyterLab answers; it offers the kernel ${JSON.stringify(name)}`);
process.kill(-child.pid, "SIGINT");
await ended;
process.exit(name === "TypeScript (philab)" ? 0 : 1);
