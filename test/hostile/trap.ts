/** A browser's page with traps: whatever a notebook makes it run, fetch or open is written down. */
import type { Page } from "playwright-core";

export interface Trap {
  /** What has happened since the last look. */
  caught(): Promise<string[]>;
}

/** Sets traps in a page before it opens anything; `isOwn` says which addresses are the test's own. */
export async function trapIn(page: Page, isOwn: (url: string) => boolean): Promise<Trap> {
  const caught: string[] = [];
  page.on("dialog", (dialog) => {
    caught.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => caught.push(`popup: ${popup.url()}`));
  page.on("request", (request) => {
    if (!isOwn(request.url()))
      caught.push(`${request.isNavigationRequest() ? "navigation" : "request"}: ${request.url()}`);
  });
  page.on("crash", () => caught.push("the page crashed"));
  await page.route(
    (url) => !isOwn(url.href),
    (route) => route.abort(),
  );
  return {
    async caught() {
      const ran = await page.evaluate("[window.__pwned, window.trapped].filter((one) => one !== undefined)");
      return [...caught.splice(0), ...(ran as unknown[]).map((one) => `a script ran: ${one}`)];
    },
  };
}

/** The longest time that the page did not answer while `act` went on, in ms. */
export async function longestFreeze(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`(() => {
    let last = performance.now();
    window.longestGap = 0;
    window.gapTimer = setInterval(() => {
      const now = performance.now();
      window.longestGap = Math.max(window.longestGap, now - last);
      last = now;
    }, 20);
  })()`);
  await act();
  return (await page.evaluate("clearInterval(window.gapTimer), window.longestGap")) as number;
}
