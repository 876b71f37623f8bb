import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "../../kernel/place/packageRoot.js";

/** The names that a built module exports, values and types. */
function exportedBy(file: string): string[] {
  const program = ts.createProgram([file], { ...options, types: ["node"] });
  const source = program.getSourceFile(file);
  assert.ok(source, `${file} is not built`);
  const checker = program.getTypeChecker();
  return checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map(({ name }) => name);
}

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  typeRoots: [join(packageRoot(), "node_modules", "@types")],
  types: ["node"],
  skipLibCheck: true,
};

/** Every name that JavaScript, Node or a browser knows without an import, values and types. */
function globals(): Set<string> {
  const file = join(packageRoot(), "globals.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, version) =>
    path === file ? ts.createSourceFile(path, "", version) : getSourceFile.call(host, path, version);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const kinds = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace;
  return new Set(checker.getSymbolsInScope(program.getSourceFile(file)!, kinds).map(({ name }) => name));
}

describe("public names", function () {
  this.timeout(60_000);

  it("hide no global of the language, of Node or of a browser", () => {
    const known = globals();
    for (const sure of ["Generator", "Promise", "Buffer", "setImmediate", "Element", "Record"]) {
      assert.ok(known.has(sure), `${sure} is not seen as a global`);
    }
    const modules = ["src/index.d.ts", "src/numbers.d.ts", "kernel/runner/cellModule.d.ts"];
    const names = modules.flatMap((file) => exportedBy(join(packageRoot(), "dist", file)));
    assert.ok(names.includes("phi") && names.includes("display"));
    assert.deepEqual(
      names.filter((name) => known.has(name)),
      [],
    );
  });
});
