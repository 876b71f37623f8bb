/** `npm run docs`: the site in dist/site: course, index, API, rules, views; files that open from the disk. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import type { Cell, Notebook } from "../../kernel/notebook/format/types.js";
import { exportPage, type PageOptions } from "../../kernel/notebook/page/exportPage.js";
import type { PageLink } from "../../kernel/notebook/page/pageLinks.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { rules } from "../../src/symbolic/rules/all.js";

const root = packageRoot();
const site = join(root, "dist", "site");

/** A page to be written. */
interface SitePage {
  readonly link: PageLink;
  readonly notebook: Notebook;
  /** Whether its cells run. */
  readonly live: boolean;
}

mkdirSync(site, { recursive: true });
const course = await lessons();
const texts = [...docs(), rulesPage()];
await write([home(course, texts)]);
await write(course);
await write(texts);

/** Writes pages that follow one another. */
async function write(pages: readonly SitePage[]): Promise<void> {
  for (const [k, { link, notebook, live }] of pages.entries()) {
    const file = join(site, link.href);
    const turn: PageOptions = {
      live,
      ...(pages[k - 1] && { previous: pages[k - 1]?.link }),
      ...(pages[k + 1] && { next: pages[k + 1]?.link }),
    };
    writeFileSync(file, await exportPage(notebook, file, turn));
    console.log(file);
  }
}

/** The notebooks in the order of their names, as they are stored. */
async function lessons(): Promise<SitePage[]> {
  const folder = join(root, "notebooks");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb") && name !== "index.ipynb") // the site has a home of its own
    .sort();
  return Promise.all(
    files.map(async (name) => {
      const notebook = await readNotebook(join(folder, name));
      const [heading] = notebook.cells.flatMap(({ source }) => /^# (.+)$/m.exec(source)?.[1] ?? []);
      const stem = basename(name, ".ipynb");
      return { link: { href: `${stem}.html`, title: heading ?? stem }, notebook, live: true };
    }),
  );
}

/** The pages of docs. */
function docs(): SitePage[] {
  const folder = join(root, "docs");
  return ["start-here", "api", "views", "train", "trust", "exported-code", "errors", "decisions"].map(
    (stem) => {
      const text = readFileSync(join(folder, `${stem}.md`), "utf8");
      return page(`${stem}.html`, text);
    },
  );
}

function rulesPage(): SitePage {
  const lines = rules.map(({ name, law, source }) => `## \`${name}\`\n\n$$${law}$$\n\n${source}`);
  return page(
    "rules.html",
    `# Rules of derivations\n\nWhat \`.by("…")\` may be given.\n\n${lines.join("\n\n")}`,
  );
}

function home(course: readonly SitePage[], texts: readonly SitePage[]): SitePage {
  const list = (pages: readonly SitePage[]): string =>
    pages.map(({ link }) => `- [${link.title}](${link.href})`).join("\n");
  const text = `# philab\n\nConvolutional networks as matrix operations: derivations that are checked, and run. Cells of the course can be edited and run in the page itself.\n\n## Course\n\n${list(course)}\n\n## Reference\n\n${list(texts)}`;
  return page("index.html", text);
}

/** A text as a page: each part under a heading of the second level is a cell of its own. */
function page(href: string, text: string): SitePage {
  const linked = text
    .replace(/\]\((?:\.\.\/)?(?:docs\/|notebooks\/)?([\w-]+)\.(?:md|ipynb)((?:#[^)]*)?)\)/g, "]($1.html$2)")
    .replace(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, "$1");
  const parts = linked.split(/^(?=## )/m);
  const cells = parts.map(
    (source, k): Cell => ({ cell_type: "markdown", id: `part-${k}`, metadata: {}, source }),
  );
  const title = /^# (.+)$/m.exec(text)?.[1] ?? href;
  return {
    link: { href, title },
    notebook: { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 },
    live: false,
  };
}
