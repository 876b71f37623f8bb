/** What somebody tries in the first ten minutes, and what the kernel answers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
