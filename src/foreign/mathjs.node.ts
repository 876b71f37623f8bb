import type bundle from "mathjs/lib/browser/math.js";

interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
}

interface Modules {
  createRequire(from: string): (id: string) => unknown;
}

/**
 * mathjs's single file as Node reads it, in the midst of a call that needs it: no import statement can wait so long.
 * Throws Error in a page whose bundler does not heed package.json's "browser".
 */
export function loadMathjs(): typeof bundle {
  const { process } = globalThis as { process?: NodeProcess };
  const modules = process?.getBuiltinModule?.("node:module") as Modules | undefined;
  if (modules === undefined) {
    throw new Error('math: this is no Node; needed a bundler that reads the field "browser" of package.json');
  }
  return modules.createRequire(import.meta.url)("mathjs/lib/browser/math.js") as typeof bundle;
}
