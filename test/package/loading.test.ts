import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

const entryUrl = (entry: string): string => new URL(`../../dist/src/${entry}.js`, import.meta.url).href;

function printed(program: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
}

/** The files that a fresh Node reads as programs for an entry, and their characters. */
function filesOf(entry: string): { urls: string[]; characters: number } {
  const program = `
    import { Session } from "node:inspector";
    const session = new Session();
    const read = { urls: [], characters: 0 };
    session.connect();
    session.on("Debugger.scriptParsed", ({ params: { url, length } }) => {
      if (!url.endsWith(".js")) return;
      read.urls.push(url);
      read.characters += length;
    });
    session.post("Debugger.enable");
    await import(${JSON.stringify(entryUrl(entry))});
    console.log(JSON.stringify(read));`;
  return JSON.parse(printed(program));
}

/** Milliseconds of processor time that a fresh Node takes for a program. */
function cost(program: string): number {
  const told = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);";
  return Number(printed(`${program}; ${told}`));
}

/** The least cost of loading an entry and of Node alone: of seven times by turns, since others run beside them. */
function costs(entry: string): { loading: number; alone: number } {
  const least = { loading: Number.POSITIVE_INFINITY, alone: Number.POSITIVE_INFINITY };
  for (let i = 0; i < 7; i++) {
    least.alone = Math.min(least.alone, cost(""));
    least.loading = Math.min(least.loading, cost(`await import(${JSON.stringify(entryUrl(entry))})`));
  }
  return least;
}

describe("loading", function () {
  this.timeout(120_000);

  it("philab/numbers reads its own code alone, and little of it", () => {
    const { urls, characters } = filesOf("numbers");
    assert.ok(urls.length > 0 && urls.every((url) => url.includes("/dist/src/")), urls.join("\n"));
    assert.ok(characters < 600_000, `${characters}`);
  });

  it("philab reads no file of mathjs before it is asked for", () => {
    const { urls, characters } = filesOf("index");
    assert.deepEqual(
      urls.filter((url) => url.includes("/node_modules/mathjs/")),
      [],
    );
    assert.ok(urls.length > 100 && characters < 2_000_000, `${urls.length} files, ${characters} characters`);
  });

  it("philab/numbers takes less than Node itself takes: some 0.03 s where nothing else runs", () => {
    const { loading, alone } = costs("numbers");
    assert.ok(loading < 2 * alone, `${loading} ms; Node alone ${alone} ms`);
  }).retries(2);

  it("philab takes less than seven times what Node itself takes (4.5 alone, 5.1 beside others): with mathjs it was nine", () => {
    const { loading, alone } = costs("index");
    assert.ok(loading < 7 * alone, `${loading} ms; Node alone ${alone} ms`);
  }).retries(2);
});
