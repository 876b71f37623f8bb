/** What a reader may write who comes from NumPy, MATLAB or the lecture's blackboard, and what it is called here. */

const ofTheLastLine = "a cell shows the value of its last line by itself; console.log prints";
const ofKernels = "the menu Kernel ends it or starts it anew";
const ofLectures = "of a lecture: const L = lecture`…`, and then L.";
const ofPackages = "matrices are here without it: matrix, multiply, phi; help() lists all names";
const ofConvolutions = "φ(Z) is phi(Z, shape), and S = W φ(Z) + b 1ᵀ is convLinear(W, b, Z, shape)";
const ofSizes = "the sizes of a matrix are Z.rows and Z.cols";
/** How a matrix is read by places. */
export const placesOfEntries = "entry (i, j), counted from 0, is Z.data[i + Z.rows * j]";
const ofDraws = "numbers from 0 to 1 are randomMatrix(2, 3, { seed: 1 })";

/** Names that TypeScript does not find. */
export const habitualNames: Readonly<Record<string, string>> = {
  L: "a lecture is declared: const L = lecture`…`; help(lecture) shows one",
  print: ofTheLastLine,
  disp: ofTheLastLine,
  display: ofTheLastLine,
  show: ofTheLastLine,
  exit: ofKernels,
  quit: ofKernels,
  restart: ofKernels,
  np: ofPackages,
  numpy: ofPackages,
  torch: ofPackages,
  scipy: ofPackages,
  plt: "plot.heatmap, plot.lines and others: plot? lists them",
  imshow: "plot.heatmap(Z)",
  heatmap: "plot.heatmap(Z)",
  conv: ofConvolutions,
  conv2: ofConvolutions,
  conv2d: ofConvolutions,
  im2col: ofConvolutions,
  sigma: "σ as eq. (3) is relu(S)",
  shape: ofSizes,
  size: ofSizes,
  len: ofSizes,
  zeros: "matrix(2, 3) is of zeros",
  rand: ofDraws,
  randn: ofDraws,
  random: ofDraws,
  identity: "eye(3)",
  norm: "‖Z‖ is Math.sqrt(dot(Z, Z))",
  max: "Math.max(...Z.data); the largest |Z_ij| is maxAbs(Z)",
  min: "Math.min(...Z.data)",
  mean: "sum(Z) / Z.data.length",
  reshape: "mat(vec(Z), 2, 3)",
  inv: "math.inv(toMath(Z))",
  det: "math.det(toMath(Z))",
  range: "Array.from({ length: 3 }, (_, i) => i)",
  True: "true",
  False: "false",
  None: "undefined",
  pi: "Math.PI",
  sqrt: "Math.sqrt",
  exp: "Math.exp",
  log: "Math.log",
  check: `${ofLectures}check`,
  prove: `${ofLectures}check, which proves`,
  refute: `${ofLectures}refute`,
  derive: `${ofLectures}derive`,
  gradient: `${ofLectures}gradient`,
  jacobian: `${ofLectures}jacobian`,
};

/** Members that a matrix does not have: it has rows, cols and data, and the rest are functions. */
export const habitualMembers: Readonly<Record<string, string>> = {
  T: "transpose(Z)",
  transpose: "transpose(Z)",
  shape: ofSizes,
  size: ofSizes,
  length: ofSizes,
  get: placesOfEntries,
  at: placesOfEntries,
  set: placesOfEntries,
  map: "of each entry: fromRows(toRows(Z).map((row) => row.map(f)))",
  reshape: "mat(vec(Z), 2, 3)",
  flatten: "vec(Z), column by column",
  sum: "sum(Z)",
  dot: "multiply(W, Z), or of two of one size dot(S, T)",
  multiply: "multiply(W, Z)",
  add: "add(S, T)",
  subtract: "subtract(S, T)",
};

/** Members that a lecture does not have. */
export const habitualQuestions: Readonly<Record<string, string>> = {
  prove: "L.check proves, for all sizes where it can",
  verify: "L.check compares, and proves for all sizes where it can",
  holds: "L.check, which throws where it does not hold; L.refute, which shows why",
  disprove: "L.refute",
  start: "L.derive",
  derivation: "L.derive",
  diff: "L.gradient or L.jacobian",
  grad: "L.gradient",
  differentiate: "L.gradient or L.jacobian",
  hessian: "L.gaussNewton gives JᵀJ",
  tex: "L.size shows an expression as mathematics",
  latex: "L.size shows an expression as mathematics",
  show: "a cell shows the value of its last line by itself",
  evaluate: "L.run, on typed arrays",
  compute: "L.run, on typed arrays",
};

/** What a member of a lecture may have meant. */
export function meantByQuestion(member: string): string {
  const known = Object.hasOwn(habitualQuestions, member) ? habitualQuestions[member] : undefined;
  return known ?? 'names stand in what is asked, as L.size("W*phi(Z)"); help(lecture) lists the questions';
}

/** What a name may have meant that is not there. */
export function meantByName(name: string): string | undefined {
  return Object.hasOwn(habitualNames, name) ? habitualNames[name] : undefined;
}

/** What a member of a matrix may have meant. */
export function meantByMember(member: string): string {
  const known = Object.hasOwn(habitualMembers, member) ? habitualMembers[member] : undefined;
  if (/^\W*\d|^[\w\s]*[-+*]|^[a-z]$/.test(member)) return placesOfEntries;
  return known ?? "a matrix has rows, cols and data; the rest are functions, as transpose(Z)";
}

/** Lines of other languages, and what they are here. */
const foreign: readonly [RegExp, string][] = [
  [
    /^\s*(?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s.*)\s*$/m,
    `this is Python; ${ofPackages}`,
  ],
  [/^\s*def\s+\w+\s*\(.*\)\s*(?:->.*)?:/, "this is Python; here: function f(x: number) { return x; }"],
  [/^\s*for\s+\w+(?:\s*,\s*\w+)*\s+in\s.*:/, "this is Python; here: for (let i = 0; i < 3; i++) { }"],
  [/^\s*(?:if|elif|while|else)\b[^({?]*:/, "this is Python; here: if (x > 0) { }"],
  [/\blambda\b[^:]*:/, "this is Python; here: (x) => x + 1"],
  [/^\s*print\s+\S/, ofTheLastLine],
  [/^\s*%/, "magics are of IPython's kernel; console.time and console.timeEnd measure"],
  [/^\s*!\s*\w+(?:\s|$)/, 'programs are run by import("node:child_process")'],
  [/\w\s+@\s+\w/, "the product of matrices is multiply(W, Z)"],
  [/\w\s*\.\*\s*\w/, "entry by entry is dotMultiply(S, T)"],
  [/\[[^\][]*\d\s*;\s*-?\d[^\][]*\]/, "a matrix by its rows is matrix([[1, 2], [3, 4]])"],
  [/\[\s*-?\d+(?:\s+-?\d+)+\s*\]/, "a matrix by its rows is matrix([[1, 2], [3, 4]])"],
];

/** What a line that is no TypeScript may be, and how it is written here. */
export function meantByLine(line: string): string | undefined {
  return foreign.find(([pattern]) => pattern.test(line))?.[1];
}
