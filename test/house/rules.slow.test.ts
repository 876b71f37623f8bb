import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { filesUnder, type Import, importsUnder, root } from "./imports.js";

interface Rule {
  readonly includes: readonly string[];
  readonly message: string;
}

/** What a room could import and what it does: a room is a folder with files in it, or a file at the top of src. */
interface Probe {
  readonly room: string;
  readonly specifier: string;
  readonly used: boolean;
}

const imports = importsUnder("src");
const files = filesUnder("src");
const rooms = [...new Set(files.map(roomOf))];
const packages = [
  ...new Set([...imports.filter(({ isPackage }) => isPackage).map(({ to }) => to), "node:fs", "katex"]),
];

describe("biome.json", () => {
  it("has one rule with a sentence for each room of src", () => {
    const rules = rulesForImports().filter(({ includes }) => includes[0]!.startsWith("src/"));
    assert.deepEqual(rules.map(({ includes }) => includes[0]).sort(), rooms.map(patternOf).sort());
    for (const { message } of rules) assert.match(message, /^\w.{20,}\.$/);
    assert.equal(new Set(rules.map(({ message }) => message)).size, rules.length);
  });

  it("allows each room what it imports, and refuses it every other room and package", () => {
    const probes = rooms.flatMap(probesOf);
    const refused = refusedByBiome(probes);
    const wrong = probes.filter((probe) => refused.has(probe) === probe.used);
    assert.deepEqual(
      wrong.map(({ room, specifier, used }) =>
        used
          ? `${room} may not import ${specifier}, but does`
          : `${room} may import ${specifier}, but does not`,
      ),
      [],
    );
  });
});

function rulesForImports(): Rule[] {
  const { overrides } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  return overrides.flatMap(({ includes, linter }: { includes: string[]; linter: never }) => {
    const { style } = (linter as { rules: { style: Record<string, { options: { patterns: Rule[] } }> } })
      .rules;
    return style.noRestrictedImports?.options.patterns.map(({ message }) => ({ includes, message })) ?? [];
  });
}

/** Files that read other files have a rule of their own, so they are a room. */
function roomOf(file: string): string {
  const folder = dirname(file);
  if (folder === "src") return file;
  return folder === "src/data" && file.endsWith(".node.ts") ? "src/data/*.node.ts" : folder;
}

/** A folder's rule is for all that is in it; where there are rooms in it, for the files between them. */
function patternOf(room: string): string {
  if (room.endsWith(".ts")) return room;
  const within = rooms.filter((other) => !other.endsWith(".ts") && other.startsWith(`${room}/`));
  return `${room}/${within.length > 0 ? "*.ts" : "**"}`;
}

/** One import of each other room, one that is there where there is any, and one of each package. */
function probesOf(room: string): Probe[] {
  const made = imports.filter(({ from }) => roomOf(from) === room);
  const ofRooms = rooms.filter((other) => other !== room).map((other) => probeOf(room, other, made));
  const used = new Set(made.map(({ to }) => to));
  const ofPackages = packages.map((specifier) => ({ room, specifier, used: used.has(specifier) }));
  return [...ofRooms, ...ofPackages];
}

function probeOf(room: string, other: string, made: readonly Import[]): Probe {
  const used = made.find(({ to, isPackage }) => !isPackage && roomOf(to) === other);
  const file = used?.to ?? files.find((one) => roomOf(one) === other)!;
  const path = posix.relative(dirname(probeFile(room)), file).replace(/\.ts$/, ".js");
  return { room, specifier: path.startsWith(".") ? path : `./${path}`, used: used !== undefined };
}

function probeFile(room: string): string {
  if (room.includes("*")) return room.replace("*", "probe");
  return room.endsWith(".ts") ? room : `${room}/probe.ts`;
}

/** Biome itself, with our rules, on a folder in which each room has one file that imports all it could. */
function refusedByBiome(probes: readonly Probe[]): ReadonlySet<Probe> {
  const folder = mkdtempSync(join(tmpdir(), "philab-rules-"));
  const linesOf = (file: string): Probe[] => probes.filter(({ room }) => probeFile(room) === file);
  try {
    const { overrides } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ overrides }));
    for (const file of rooms.map(probeFile)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      const lines = linesOf(file).map(({ specifier }) => `import "${specifier}";\n`);
      writeFileSync(join(folder, file), lines.join(""));
    }
    return new Set(diagnosticsIn(folder).map(({ path, start }) => linesOf(path)[start.line - 1]!));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function diagnosticsIn(folder: string): { path: string; start: { line: number } }[] {
  const options = ["--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=json"];
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  let answer: string;
  try {
    answer = execFileSync(process.execPath, [biome, "lint", ...options, "."], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    answer = (error as { stdout: string }).stdout; // it fails where it refuses
  }
  return JSON.parse(answer).diagnostics.map(({ location }: { location: unknown }) => location);
}
