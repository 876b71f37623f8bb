/**
 * Part of `npm run build`: the language process as one file, with TypeScript and tslab's converter in it, and its
 * snapshot. A snapshot cannot load modules; and in one file, tslab can be given a TypeScript whose functions can be
 * replaced.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { prepareSnapshot, servicePath } from "../place/snapshot.js";

const typescript = "@tslab/typescript-for-tslab";

/** Whoever asks for TypeScript gets one and the same copy, whose properties can be assigned. */
const assignableTypescript: Plugin = {
  name: "assignable-typescript",
  setup(builder) {
    const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
    const path = fromTslab.resolve(typescript);
    builder.onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, () => ({
      path,
      namespace: "assignable",
    }));
    builder.onLoad({ filter: /./, namespace: "assignable" }, () => ({
      contents: `module.exports = { ...require(${JSON.stringify(path)}) };`,
      resolveDir: packageOf(path),
    }));
  },
};

function packageOf(path: string): string {
  return path.slice(0, path.lastIndexOf(typescript));
}

await build({
  entryPoints: [fileURLToPath(new URL("main.js", import.meta.url))],
  outfile: servicePath,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minifyWhitespace: true, // what Node reads at every start
  minifySyntax: true,
  plugins: [assignableTypescript],
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "importMetaUrl" },
  logLevel: "error",
});
await prepareSnapshot((line) => process.stderr.write(`${line}\n`));
