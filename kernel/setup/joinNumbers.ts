/**
 * Part of `npm run build`: what philab/numbers loads, some hundred small files, as one file, since Node takes about a
 * millisecond for each. Every file stays where it is, as a door to its part of the one: whoever imports it, from
 * "philab", from "philab/numbers" or by its path, has the same objects and the same engine. The engine's machine code is
 * assembled here: a process that has just begun takes 40 ms for it.
 */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { posix } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { packageRoot } from "../place/packageRoot.js";

const root = packageRoot();
const joined = "dist/src/joined.js";
const common = {
  absWorkingDir: root,
  format: "esm",
  target: "es2022",
  metafile: true,
  outdir: "dist",
  outbase: ".",
} satisfies BuildOptions;

/** What is imported when it is asked for stays a file of its own. */
const later: Plugin = {
  name: "later",
  setup: (builder) =>
    builder.onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
      if (kind !== "dynamic-import") return undefined;
      const file = posix.join(posix.dirname(posix.relative(root, importer)), path);
      return { path: `./${posix.relative("src", file)}`, external: true };
    }),
};

/** The files of the rooms that compute, paths in the package: numbers needs all of them but the way to a system's BLAS. */
function computing(): string[] {
  const rooms = ["numeric", "engine", "operations", "layers", "network", "optimise"].flatMap((room) =>
    readdirSync(`${root}/src/${room}`, { recursive: true, encoding: "utf8" }).map(
      (file) => `src/${room}/${file.replaceAll("\\", "/")}`,
    ),
  );
  // A thread's program, and what starts it, are files of their own.
  const isApart = (file: string): boolean =>
    file.startsWith("src/engine/native/") || /hardThread\.node\.ts$/.test(file);
  const isOne = (file: string): boolean => /(?<!\.d)\.ts$/.test(file) && !isApart(file);
  return ["src/shape.ts", "src/names.ts", ...rooms.filter(isOne).sort()];
}

/** The values that each file exports. */
async function exportsOf(files: string[]): Promise<Map<string, string[]>> {
  const { metafile } = await build({ ...common, entryPoints: files, write: false });
  const outputs: Metafile["outputs"][string][] = Object.values(metafile.outputs);
  return new Map(outputs.map((output) => [output.entryPoint as string, output.exports]));
}

/** src/numeric/phi.ts's Pphi is called numeric_phi_Pphi in the one file. */
function joinedName(file: string, name: string): string {
  return `${file.slice("src/".length, -".ts".length).replace(/\W/g, "_")}_${name}`;
}

const assembling = "src/engine/x86/tiles.ts";

/** Writes the addons that `tilesAddon` makes beside the one file; the text of a `tilesAddon` that reads and checks them. */
async function assembled(): Promise<string> {
  const entryPoints = [`${root}/${assembling}`];
  const { outputFiles } = await build({ ...common, entryPoints, bundle: true, write: false });
  const program = `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`;
  const { tilesAddon } = (await import(program)) as { tilesAddon: (type: string) => Uint8Array };
  const hashes: Record<string, string> = {};
  for (const type of ["float32", "float64"]) {
    const bytes = tilesAddon(type);
    await writeFile(`${root}/dist/src/machineCode.${type}`, bytes);
    hashes[type] = createHash("sha256").update(bytes).digest("hex");
  }
  return `
    const hashes = ${JSON.stringify(hashes)};
    export function tilesAddon(type) {
      const builtin = (name) => process.getBuiltinModule("node:" + name);
      const file = new URL("machineCode." + type, import.meta.url);
      const bytes = builtin("fs").readFileSync(file);
      if (builtin("crypto").createHash("sha256").update(bytes).digest("hex") === hashes[type]) return bytes;
      throw new Error(file.pathname + " is damaged; npm run build, or npm install, writes it");
    }`;
}

/** The machine code is read, not made. */
const readCode: Plugin = {
  name: "read code",
  setup: (builder) =>
    builder.onLoad({ filter: /x86.tiles\.ts$/ }, async () => ({ contents: await assembled() })),
};

const exported = await exportsOf(computing());
const lines = [...exported].flatMap(([file, names]) =>
  names.map((name) => `export { ${name} as ${joinedName(file, name)} } from "./${file}";`),
);
// In one file, of two functions with one name one is renamed: the public one is called as it is public.
const publicNames = `
  import * as numbers from "./src/numbers.ts";
  for (const [name, value] of Object.entries(numbers))
    if (typeof value === "function") Object.defineProperty(value, "name", { value: name });`;
await build({
  ...common,
  outdir: undefined,
  outbase: undefined,
  outfile: joined,
  stdin: { contents: lines.join("\n") + publicNames, resolveDir: root },
  bundle: true,
  plugins: [later, readCode],
  sourcemap: true,
  sourcesContent: false,
});
for (const [file, names] of exported) {
  const door = posix.relative(posix.dirname(file), "src/joined.js");
  const path = door.startsWith(".") ? door : `./${door}`;
  const parts = names.map((name) => `${joinedName(file, name)} as ${name}`);
  await writeFile(
    `${root}/dist/${file.replace(/\.ts$/, ".js")}`,
    `export { ${parts.join(", ")} } from "${path}";\n`,
  );
}
