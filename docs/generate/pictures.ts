/** `npm run pictures`: the front page's pictures, taken of the notebooks' pages in Chromium (`npm run notebooks` first). */

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const root = packageRoot();
const folder = join(root, "docs", "pictures");

/** A view on a page, and what is done to it before its picture is taken. */
interface Picture {
  readonly name: string;
  readonly page: string;
  /** The first element on the page that this names. */
  readonly view: string;
  /** A button that is pressed, as often as it says. */
  readonly press?: { readonly button: string; readonly times: number };
}

const pictures: readonly Picture[] = [
  {
    name: "derivation",
    page: "03-deriving-the-linear-maps",
    view: ".philab-derivation:has(.philab-steps) >> nth=0",
    press: { button: "→", times: 1 },
  },
  { name: "explorer", page: "02-vec-mat-phi", view: ".philab-phi >> nth=0" },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.PHILAB_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
for (const picture of pictures) await take(browser, picture);
await browser.close();

async function take(browser: Browser, { name, page: title, view, press }: Picture): Promise<void> {
  const file = join(root, "dist", "notebooks", `${title}.html`);
  if (!existsSync(file)) throw new Error(`pictures: no ${file}; run npm run notebooks first`);
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  const place = page.locator(view);
  await place.waitFor();
  for (let k = 0; k < (press?.times ?? 0); k++)
    await place
      .getByText(press?.button ?? "")
      .first()
      .click();
  await place.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
