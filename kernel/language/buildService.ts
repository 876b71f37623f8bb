/**
 * Part of `npm run build`: the language process as one file, with TypeScript and tslab's converter in it, and its
 * snapshot. A snapshot cannot load modules; and in one file, tslab can be given a TypeScript whose functions can be
 * replaced.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { prepareSnapshot, servicePath } from "../place/snapshot.js";

/**
 * Whoever asks for TypeScript, ours or tslab's, gets one and the same copy of ours, whose properties can be assigned and
 * which knows what tslab asks for.
 */
const assignableTypescript: Plugin = {
  name: "assignable-typescript",
  setup(builder) {
    const path = createRequire(import.meta.url).resolve("typescript");
    const additions = fileURLToPath(new URL("tslabsFunctions.js", import.meta.url));
    builder.onResolve({ filter: /^(@tslab\/typescript-for-tslab|typescript)$/ }, () => ({
      path,
      namespace: "assignable",
    }));
    builder.onLoad({ filter: /./, namespace: "assignable" }, () => ({
      contents: `const ts = { ...require(${JSON.stringify(path)}) };
        require(${JSON.stringify(additions)}).addTslabsFunctions(ts);
        module.exports = ts;`,
      resolveDir: dirname(path),
    }));
  },
};

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
