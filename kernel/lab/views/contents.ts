/** The page's contents mark the part that is read. */

/** Marks the last heading above the upper third of the window, in the list that links to it. */
export function markPlace(page: Document): void {
  const links = new Map(
    [...page.querySelectorAll<HTMLAnchorElement>("nav.contents a[href^='#']")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const headings = [...links.keys()].flatMap((id) => page.getElementById(id) ?? []);
  let marked: HTMLAnchorElement | undefined;
  const mark = (): void => {
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get((above.at(-1) ?? headings[0])?.id ?? "");
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
  };
  addEventListener("scroll", mark, { passive: true });
  addEventListener("resize", mark, { passive: true });
  mark();
}
