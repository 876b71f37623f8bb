/** A system's OpenBLAS through koffi: two products and the number of threads. Loaded only when it is asked for. */

import type { Numbers } from "../../numeric/storage.js";

/** One operand: the numbers from its first on, and the distance between the starts of two columns. */
export interface BlasOperand {
  readonly data: Numbers;
  readonly stride: number;
  readonly transposed?: boolean;
}

/** C = A B + beta C with C: m × n and k terms, all of one precision and column by column. */
export interface BlasProduct {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly A: BlasOperand;
  readonly B: BlasOperand;
  readonly C: BlasOperand;
  readonly beta: 0 | 1;
}

/** The part of OpenBLAS that is used. */
export interface Blas {
  /** What OpenBLAS says of itself: version, build, the kernel chosen for this processor. */
  readonly version: string;
  gemm(product: BlasProduct): void;
  setThreads(count: number): void;
}

/** What is used of koffi; it is an optional dependency. */
interface Koffi {
  load(path: string): { func(prototype: string): (...args: unknown[]) => unknown };
}

const names: Readonly<Record<string, readonly string[]>> = {
  linux: ["libopenblas.so.0", "libopenblas.so"],
  darwin: [
    "libopenblas.dylib",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  win32: ["libopenblas.dll", "openblas.dll"],
};
const howToInstall =
  "Debian and Ubuntu: apt install libopenblas0; macOS: brew install openblas; or give the path: nativeBackend({ library })";
/** CBLAS's own numbers for "column by column", "as it is" and "transposed". */
const [columnMajor, asItIs, transposed] = [102, 111, 112];

/** Loads OpenBLAS: `library`, or the system's. Throws an Error that says what is missing and how to get it. */
export async function loadBlas(library?: string): Promise<Blas> {
  const opened = open(await loadKoffi(), library);
  const gemms = { float: gemm(opened, "float", "s"), double: gemm(opened, "double", "d") };
  const config = opened.func("const char *openblas_get_config()") as () => string;
  const core = opened.func("const char *openblas_get_corename()") as () => string;
  const threads = opened.func("void openblas_set_num_threads(int count)") as (count: number) => void;
  return {
    version: `${config().trim()}, running ${core()}`,
    gemm: ({ m, n, k, A, B, C, beta }) => {
      const call = C.data instanceof Float32Array ? gemms.float : gemms.double;
      const sides = [A.transposed ? transposed : asItIs, B.transposed ? transposed : asItIs];
      call(columnMajor, ...sides, m, n, k, 1, A.data, A.stride, B.data, B.stride, beta, C.data, C.stride);
    },
    setThreads: threads,
  };
}

async function loadKoffi(): Promise<Koffi> {
  try {
    const found = (await import("koffi")) as { default?: Koffi } & Koffi;
    return found.default ?? found;
  } catch (cause) {
    throw new Error("nativeBackend: the package koffi is not installed; npm install koffi brings it", {
      cause,
    });
  }
}

function open(koffi: Koffi, library: string | undefined): ReturnType<Koffi["load"]> {
  const { platform } = (globalThis as unknown as { process: { platform: string } }).process;
  const tried = library === undefined ? (names[platform] ?? names.linux!) : [library];
  const reasons: string[] = [];
  for (const name of tried) {
    try {
      return koffi.load(name);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(`nativeBackend: no OpenBLAS: ${reasons.join("; ")}. ${howToInstall}`);
}

function gemm(
  library: ReturnType<Koffi["load"]>,
  type: "float" | "double",
  letter: "s" | "d",
): (...args: unknown[]) => unknown {
  const sizes = "int order, int transA, int transB, int m, int n, int k";
  const operands = `const ${type} *A, int lda, const ${type} *B, int ldb, ${type} beta, _Inout_ ${type} *C, int ldc`;
  return library.func(`void cblas_${letter}gemm(${sizes}, ${type} alpha, ${operands})`);
}
