import type { ChildProcess } from "node:child_process";

/** The address that `philab lab` prints; rejects where it ends before. */
export function printedAddress(program: ChildProcess): Promise<URL> {
  let text = "";
  return new Promise((resolve, reject) => {
    program.stdout?.on("data", (chunk) => {
      text += chunk;
      const address = /http:\S+token=\w+/.exec(text)?.[0];
      if (address) resolve(new URL(address));
    });
    program.once("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}
