/** What somebody tries in the first ten minutes, and what the kernel answers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { habitualMembers, habitualNames } from "../../kernel/language/habits.js";
import { packageFolder } from "../../kernel/place/packageRoot.js";
import { type Client, contentOf, startKernel } from "./client.js";

interface Page {
  readonly name: string;
  readonly example: string;
}

describe("first tries", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const bundle = async (code: string): Promise<Record<string, string>> => {
    const { iopub } = await kernel.execute(code);
    const error = iopub.find(({ header }) => header.msg_type === "error");
    if (error) throw new Error(`${code}: ${String(error.content.evalue)}`);
    return contentOf(iopub, "execute_result").data as Record<string, string>;
  };
  const failure = async (code: string): Promise<string> => {
    const { iopub } = await kernel.execute(code);
    return String(contentOf(iopub, "error").evalue);
  };

  it("a promise says that it is one", async () => {
    assert.match(
      (await bundle("photograph()"))["text/plain"],
      /^Promise \{ <pending> \}\n.*write await before it$/,
    );
  });

  it("rows in brackets are a matrix, and a picture", async () => {
    assert.equal((await bundle("matrix([[1, 2], [3, 4]])"))["text/plain"], "Matrix 2 × 2\n1  2\n3  4");
    assert.ok("image/svg+xml" in (await bundle("plot.heatmap([[1, 2], [3, 4]])")));
  });

  it("a product of matrices by * names multiply and math.evaluate", async () => {
    assert.match(
      await failure("eye(2) * eye(2)"),
      /multiply\(W, Z\), or math\.evaluate\("W \* Z", \{ W, Z \}\)/,
    );
    assert.match(await failure("eye(2) + eye(2)"), /add\(S, T\), or math\.evaluate/);
    assert.doesNotMatch(await failure("1 + { a: 1 }"), /matrices/);
  });

  const foreign: [string, RegExp][] = [
    ["V = eye(2)", /\(declare it: let V = …\)$/],
    ["(V) => V; V == 1", /Cannot find name 'V'\.$/],
    ["print(eye(2))", /last line by itself/],
    ["let x = zeros(2, 3)", /\(matrix\(2, 3\) is of zeros\)/],
    ["eye(2).T", /\(transpose\(Z\)\)/],
    ["eye(2).foo", /rows, cols and data/],
    ["({ a: 1 }).T", /does not exist on type '\{ a: number; \}'\.$/],
    ["eye(2) ^ 2", /multiply\(Z, Z\)/],
    ["2 ** eye(2)", /multiply\(Z, Z\)/],
    ["phi(eye(2), 2)", /call\. \(phi\? shows what it takes\)/],
    ["phi(eye(2))", /arguments, but got 1\. \(phi\? shows/],
    [
      "const net = network({ input: { a: 2, b: 2, d: 1 }, full: [2] }); objective(net, { Z: matrix(4, 2), y: [0, 1] })",
      /oneHot\(labels\) columns/,
    ],
    ["for await (const s of sgd(null as any, [], {})) s", /newtonSteps, sgdSteps/],
    ['lecture("dims m n")', /between backquotes/],
    ["let LL = lecture`dims m`; LL.prove", /\(L\.check proves/],
    ["let LL = lecture`dims m`; LL.Z", /help\(lecture\) lists/],
    ["let LL = lecture`dims m`; LL.jtu('1')", /\(LL\.jtu\? shows what it takes\)/],
    ["plot(eye(2))", /plot\.heatmap\(Z\)/],
    ["matrix([1, 2])", /of one row: matrix\(\[\[1, 2\]\]\)/],
    ['matrix("1 2; 3 4")', /takes a list of rows/],
    ["1 + 1\nimport numpy as np", /this is Python; matrices/],
    ["from numpy import eye", /this is Python; matrices/],
    ["def f(x):\n  return x", /this is Python; here: function/],
    ["for i in range(3):\n  i", /this is Python; here: for \(let/],
    ["if x > 3: y = 2", /this is Python; here: if \(/],
    ["lambda x: x", /this is Python; here: \(x\) =>/],
    ["let V = eye(2) @ eye(2)", /SyntaxError|TS1/],
    ["let M = [1, 2; 3, 4]", /rows is matrix\(\[\[1, 2\], \[3, 4\]\]\)/],
    ["let N = [1 2]", /rows is matrix/],
    ["!ls", /node:child_process/],
    ["%time 1 + 1", /magics are of IPython/],
    ["let A = eye(2), B = A'", /transpose\(Z\)/],
    ['let text = "it ends not', /literal\.$/],
    ["const said = 'a' 'b'", /expected\.$/],
  ];
  for (const [code, said] of foreign)
    it(`${JSON.stringify(code)} of another language says what it is here, and nothing where nothing is known`, async () => {
      assert.match(await failure(code), said);
    });

  it("an entry of a matrix by one number is no silent undefined", async () => {
    await kernel.execute("let Q = eye(2), k = 1; const q = { Matrix: [7] }");
    for (const code of ["Q[0]", "Q[k] = 3", "Q[0][1]", "1 + Q[k]", "(Q as Matrix)[0]", "Q![0]", "() => Q[k]"])
      assert.match(await failure(code), /Property '[0k]' does not exist.*Z\.data\[i \+ Z\.rows \* j\]/);
    assert.match(await failure("let P = Q; P[0, 1]"), /Z\.data\[i \+ Z\.rows \* j\]/);
    assert.match(await failure("toMath(Q)[0]"), /M\.get\(\[i, j\]\)/);
    const right = ['Q["rows"]', "Q.data[k]", "toRows(Q)[0][1]", "q.Matrix[0]", "(Q as any)[0] ?? 5"];
    assert.deepEqual(await Promise.all(right.map(async (code) => (await bundle(code))["text/plain"])), [
      "2",
      "0",
      "0",
      "7",
      "5",
    ]);
  });

  it("what is advised can be run", async () => {
    await kernel.execute(
      "var shape = convShape({ a: 2, b: 3, d: 1, h: 2 }); var Z = randomMatrix(1, 6, { seed: 1 }); const f = Math.abs; let S = Z, T = Z",
    );
    await kernel.execute("let W = randomMatrix(3, 4, { seed: 1 }), b = matrix(3, 1)");
    const call = /[A-Za-z][\w.]*\((?:[^()…]|\((?:[^()]|\([^()]*\))*\))+\)/g;
    const all = [...Object.values(habitualNames), ...Object.values(habitualMembers)].join("\n");
    const calls = [...new Set(all.match(call))].filter((each) => !/^(?:is|here|multiply\(W, Z)/.test(each));
    assert.ok(calls.length > 15, calls.join("\n"));
    for (const each of calls) {
      const { reply } = await kernel.execute(
        each.startsWith("math.") ? `{ const Z = eye(2); ${each} }` : each,
      );
      assert.equal(reply.content.status, "ok", `${each}: ${JSON.stringify(reply.content)}`);
    }
  });

  it("help lists the names; help(phi) and phi? show formula, sizes and an example", async () => {
    const all = (await bundle("help()"))["text/markdown"];
    for (const name of ["phi", "vec", "lecture", "plot", "slider"])
      assert.match(all, new RegExp(`^- \`${name}\`: `, "m"));
    const page = (await bundle("help(phi)"))["text/markdown"];
    assert.match(page, /^### phi\n\n```ts\nfunction phi\(Z: Matrix, shape: ConvShape/);
    assert.match(page, /eq\. \(4\).*d × a·b.*```ts\nconst Z = matrix\(/s);
    for (const asked of ["phi?", "?phi", "phi ??", 'help("phi")'])
      assert.equal((await bundle(asked))["text/markdown"], page);
    assert.match((await bundle("plot.heatmap?"))["text/markdown"], /^### plot\.heatmap\n/);
    assert.match((await bundle("help(plot)"))["text/markdown"], /- `heatmap\(/);
  });

  it("help of a name nobody knows says which resemble it; of a value of one's own, it shows it", async () => {
    assert.match((await bundle("Phi?"))["text/markdown"], /No page for "Phi"; there are .*Pphi/);
    await kernel.execute("const own = { a: 1 }");
    assert.equal((await bundle("own?"))["text/plain"], "{ a: 1 }");
  });

  it("a lecture shows its letters", async () => {
    const shown = await bundle("lecture`dims m n; A : m x n`");
    assert.equal(shown["text/plain"], "lecture\n  sizes m, n\n  A: m × n");
    assert.match(shown["text/latex"], /A \\in \\mathbb\{R\}\^\{m \\times n\}/);
  });

  it("every example of a page runs", async () => {
    const sections = JSON.parse(readFileSync(join(packageFolder, "dist/help.json"), "utf8")) as {
      names: Page[];
    }[];
    const examples = sections.flatMap(({ names }) => names).filter(({ example }) => example !== "");
    assert.ok(examples.length >= 40, `${examples.length}`);
    for (const { name, example } of examples) {
      const { reply } = await kernel.execute(example.replaceAll(/^const /gm, "var "));
      assert.equal(reply.content.status, "ok", `${name}: ${JSON.stringify(reply.content)}`);
    }
  });
});
