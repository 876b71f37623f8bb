import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Bundle, Cell } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { outputHtml } from "../../kernel/notebook/page/output.js";
import { sanitise } from "../../kernel/notebook/page/sanitise.js";
import { convShape, explorePhi, image, lecture, randomMatrix } from "../../src/index.js";
import type { Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { code, markdown, notebook, raw } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const body = async (...cells: Cell[]): Promise<string> => {
  const page = await exportPage(notebook(...cells), "a.ipynb");
  return page.slice(page.indexOf("<main>"));
};

const show = (data: Bundle): string => outputHtml({ output_type: "display_data", data, metadata: {} });

describe("a page", () => {
  it("sets formulas, also in headings, tables and between text, and leaves prices and code alone", async () => {
    const html = await body(
      markdown(
        "# Eq. $\\phi(Z)$\n\n$$a_1$$\n\n| x |\n|---|\n| $b_1$ |\n\n$5 and $6, `$c_1$`\n\n\\begin{align}\nd_1\n\\end{align}",
      ),
    );
    const formulas = [
      ...html.matchAll(/<annotation encoding="application\/x-tex">([\s\S]*?)<\/annotation>/g),
    ];
    assert.deepEqual(
      formulas.map(([, tex]) => tex),
      ["\\phi(Z)", "a_1", "b_1", "\\begin{align*}\nd_1\n\\end{align*}"],
    );
    assert.match(html, /<p>\$5 and \$6, <code>\$c_1\$<\/code><\/p>/);
  });

  it("shows a formula that cannot be read as it was written", async () => {
    assert.match(await body(markdown("$\\frac{$")), /<code class="unread">\$\\frac\{\$<\/code>/);
    assert.doesNotMatch(await body(markdown("$\\href{javascript:alert(1)}{x}$")), /href="javascript/);
  });

  it("lists its headings, each with a place of its own, and is called by the first", async () => {
    const page = await exportPage(notebook(markdown("# One & all\n## Two\n## Two")), "a.ipynb");
    assert.match(page, /<title>One &amp; all<\/title>/);
    assert.deepEqual(
      [...page.matchAll(/<h\d id="(.*?)">/g)].map(([, id]) => id),
      ["One-&amp;-all", "Two", "Two-2"],
    );
    assert.deepEqual(
      [...page.matchAll(/<a href="(#.*?)">/g)].map(([, href]) => href),
      ["#One-%26-all", "#Two", "#Two-2"],
    );
  });

  it("shows code without its options, and leaves out what its tags say", async () => {
    const output = [{ output_type: "stream" as const, name: "stdout", text: "out" }];
    const html = await body(
      code("//| label: eq-4\nconst a = `b`; // why"),
      code("gone", { tags: ["remove-cell"] }, output),
      code("quiet", { tags: ["remove-input"] }, output),
      code("silent", { tags: ["remove-output"] }, output),
      raw("raw"),
      code("%%js\nalert(1) < 2"),
    );
    assert.match(html, /id="cell-eq-4">\n<pre class="source"><code><span class="k">const<\/span> a = /);
    assert.match(html, /<span class="c"> \/\/ why<\/span>/);
    assert.doesNotMatch(html, /label|gone|quiet|raw/);
    assert.equal(html.match(/stdout">out/g)?.length, 1);
    assert.match(html, /%%js\nalert\(1\) &lt; 2/);
  });

  it("carries KaTeX's fonts when it has a formula, and not otherwise", async () => {
    const [plain, formula] = await Promise.all([
      exportPage(notebook(markdown("text")), "a.ipynb"),
      exportPage(notebook(markdown("$x$")), "a.ipynb"),
    ]);
    assert.ok(plain.length < 10_000, `${plain.length}`);
    // Those that this formula may need, of twenty.
    assert.equal(formula.match(/url\(data:font\/woff2;base64,/g)?.length, 6);
    assert.doesNotMatch(formula, /url\((?!data:)/);
  });

  it("has the pages of other notebooks behind links to them", async () => {
    assert.match(await body(markdown("[b](02-x.ipynb#eq)")), /<a href="02-x\.html#eq">b<\/a>/);
  });
});

describe("an output in a page", () => {
  it("is shown by the richest of its forms that needs no script", () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const all = {
      "application/x": {},
      "text/plain": "T",
      "text/html": "<b>H</b>",
      "text/latex": "$L$",
      "image/png": "aaaa",
    };
    assert.match(
      show({ ...all, "image/svg+xml": svg }),
      /<img src="data:image\/svg\+xml;base64,[^"]*" alt="T">/,
    );
    assert.match(show(all), /data:image\/png;base64,aaaa/);
    assert.match(show({ "text/latex": "$$L$$", "text/plain": "T" }), /katex-display/);
    assert.match(show({ "text/html": "<b>H</b>", "text/plain": "T" }), /<b>H<\/b>/);
    const table = show({ "text/markdown": "| $a$ |\n|---|\n| <script>x</script> |", "text/plain": "T" });
    assert.match(table, /<table>.*katex.*&lt;script&gt;/s);
    assert.match(show({ "text/plain": "<T>" }), /<pre>&lt;T&gt;<\/pre>/);
    assert.match(show({ "application/x": {} }), /shows only in JupyterLab \(application\/x\)/);
  });

  it("that is not the data it claims to be falls back to the next form", () => {
    assert.match(show({ "image/png": '" onerror="x', "text/plain": "T" }), /<pre>T<\/pre>/);
  });

  it("has its HTML written anew from what can only show", () => {
    assert.equal(sanitise("<B>b</b> a<1 & x>2 &amp;"), "<b>b</b> a&lt;1 &amp; x&gt;2 &amp;");
    assert.equal(sanitise('<td colspan=2 onclick="x()" style="color:red">1'), '<td colspan="2">1</td>');
    assert.equal(sanitise("<style>b{}</style><!-- c -->d"), "&lt;style&gt;b{}&lt;/style&gt;d");
    for (const link of [
      "javascript:x",
      "JavaScript:x",
      "&#106;avascript:x",
      "java\tscript:x",
      " javascript:x",
      "data:text/html,x",
      "vbscript:x",
    ]) {
      assert.equal(sanitise(`<a href="${link}">t</a>`), "<a>t</a>", link);
    }
    assert.equal(
      sanitise('<a href="https://x.org/?a=1&amp;b">t</a>'),
      '<a href="https://x.org/?a=1&amp;b">t</a>',
    );
    assert.equal(sanitise("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;");
    assert.equal(sanitise('<img src="http://x.org/a.png" onerror=x>'), "<img />");
  });

  it("of a megabyte of hostile HTML takes time by its length alone: less than three seconds of the processor", () => {
    for (const part of ["<", "<a ", '<a b="', "<style>", "<!--", "<a" + " ".repeat(90)]) {
      const started = process.cpuUsage();
      sanitise(part.repeat(1_000_000 / part.length));
      const seconds = process.cpuUsage(started).user / 1e6;
      assert.ok(seconds < 3, `${part} ${seconds} s`);
    }
  }).retries(2);
});

const chromiumPath = process.env.PHILAB_CHROMIUM ?? "/usr/bin/chromium";

describe("a page in Chromium", () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  before(async function () {
    if (!existsSync(chromiumPath)) {
      console.log(`      skipped: no Chromium at ${chromiumPath} (PHILAB_CHROMIUM names another)`);
      this.skip();
    }
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => requests.push(request.url()));
  });
  beforeEach(() => {
    complaints.length = 0;
    requests.length = 0;
  });
  after(async () => {
    await browser?.close();
    await removeTempFolders();
  });

  async function open(...cells: Cell[]): Promise<void> {
    const file = join(await tempFolder(), "page.html");
    await writeFile(file, await exportPage(notebook(...cells), "a.ipynb"));
    await page.goto(pathToFileURL(file).href);
  }

  it("runs nothing of a hostile notebook and fetches nothing", async () => {
    const trap = "window.trapped = true";
    const html = `<script>${trap}</script><img src=x onerror="${trap}"><svg onload="${trap}"></svg><a href="javascript:${trap}" id=l>x</a><iframe srcdoc="<script>parent.trapped=true</script>"></iframe>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${trap}"><script>${trap}</script><foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject></svg>`;
    const displayed = (data: Bundle) => ({ output_type: "display_data" as const, data, metadata: {} });
    await open(
      markdown(`# ${html}\n\n${html}\n\n[x](javascript:${trap}) ![x](http://x.org/y.png) <x y="${html}`),
      code(`\`\${</script>${html}}\``, {}, [
        displayed({ "text/html": html, "text/plain": html }),
        displayed({ "image/svg+xml": svg, "text/plain": `"><script>${trap}</script>` }),
        displayed({ "text/latex": `$\\href{javascript:${trap}}{x}\\text{${html}}$` }),
        displayed({ "text/plain": html }),
        displayed({
          "application/vnd.philab.derivation.v1+json": {
            version: 1,
            lines: [
              { text: html, tex: `\\href{javascript:${trap}}{x}`, reason: html },
              { text: html, tex: `"><script>${trap}</script>`, reason: html, badge: html },
            ],
          },
          "text/plain": "x",
        }),
        displayed({
          "application/vnd.philab.phi.v1+json": { version: `</script>${html}` },
          "text/plain": "x",
        }),
        { output_type: "error", ename: html, evalue: html, traceback: [html] },
      ]),
    );
    await page.evaluate("for (const link of document.querySelectorAll('a')) link.click()");
    assert.equal(await page.evaluate("window.trapped"), undefined);
    assert.deepEqual(
      requests.filter((url) => !url.startsWith("data:") && !url.startsWith("file:")),
      [],
    );
    assert.deepEqual(complaints, []);
  });

  it("marks in φ(Z) what is pointed at in the image", async () => {
    const Z = image(randomMatrix(1, 36, { seed: 1 }), 6, 6);
    const bundle = explorePhi(Z, convShape({ a: 6, b: 6, d: 1, h: 3 }))[
      Symbol.for("Jupyter.display") as never
    ] as () => Bundle;
    const data = bundle.call(explorePhi(Z, convShape({ a: 6, b: 6, d: 1, h: 3 })));
    await open(code("explorePhi(Z, shape)", {}, [{ output_type: "display_data", data, metadata: {} }]));
    const status = page.locator(".philab-status");
    const before = await status.textContent();
    await page.locator(".philab-columns td").nth(7).hover();
    assert.notEqual(await status.textContent(), before);
    assert.deepEqual(complaints, []);
  });

  it("opens a line of a derivation by the keyboard to its rule, with every formula set", async () => {
    const L = lecture`dims m n k; A : m x n;  B : n x k`;
    const derivation = L.derive("vec(A*B)").by("vec-of-product") as unknown as Shown;
    await open(
      code("derivation", {}, [{ output_type: "display_data", data: derivation[displayKey](), metadata: {} }]),
    );
    const line = page.locator(".philab-derivation summary.philab-line");
    assert.match((await line.textContent()) ?? "", /✓ all sizes/);
    assert.equal(await line.locator(".katex").count(), 1);
    assert.equal(
      await line.getByRole("img", { name: "(the identity of size k Kronecker A) times vec of B" }).count(),
      1,
    );
    await line.focus();
    await page.keyboard.press("Enter");
    const facts = page.locator(".philab-lines .philab-facts");
    assert.match((await facts.textContent()) ?? "", /vec-of-product.*mathlib Matrix\.kronecker_mulVec_vec/s);
    assert.equal(await facts.locator(".katex").count(), 2); // the law, in two pieces
    await page.keyboard.press("Space");
    assert.equal(await facts.isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it("opens a checked statement to its evidence, with every formula set", async () => {
    const L = lecture`dims m n k; A : m x n;  B : n x k`;
    const verdict = L.check("(AB)ᵀ", "(A*B)' = B'*A'");
    await open(
      code("verdict", {}, [{ output_type: "display_data", data: verdict[displayKey](), metadata: {} }]),
    );
    const line = page.locator(".philab-derivation summary");
    assert.match((await line.textContent()) ?? "", /✓ all sizes\(AB\)ᵀ$/);
    assert.equal(await line.locator(".katex").count(), 1);
    await line.click();
    assert.match((await page.locator(".philab-facts").textContent()) ?? "", /Proved for all sizes/);
    assert.equal(await page.locator(".philab-facts .katex").count(), 1);
    assert.deepEqual(complaints, []);
  });

  it("is dark where the reader's system is", async () => {
    await open(markdown("# Title"));
    const ground = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await ground(), "rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await ground(), "rgb(21, 24, 28)");
  });
});
