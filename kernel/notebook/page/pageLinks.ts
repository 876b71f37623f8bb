import { escapeHtml } from "./escape.js";

/** Another page beside this one. */
export interface PageLink {
  readonly href: string;
  readonly title: string;
}

/** Links to the page before and the page after; nothing where there are none. */
export function turnLinks(previous: PageLink | undefined, next: PageLink | undefined): string {
  if (previous === undefined && next === undefined) return "";
  const link = (page: PageLink | undefined, rel: string, text: (title: string) => string): string =>
    page === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${escapeHtml(page.href)}">${escapeHtml(text(page.title))}</a>`;
  const [before, after] = [
    link(previous, "prev", (title) => `← ${title}`),
    link(next, "next", (title) => `${title} →`),
  ];
  return `<nav class="turn" aria-label="Pages">${before}${after}</nav>\n`;
}
