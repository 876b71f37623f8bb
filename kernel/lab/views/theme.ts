/** Which theme the page has on, and when it changes. */

/** Whether the page says that its theme is dark, or the reader's system does where the page says nothing. */
export function isDark(): boolean {
  const said = document.body.dataset.jpThemeLight;
  if (said !== undefined) return said === "false";
  return globalThis.matchMedia?.(darkQuery).matches ?? false;
}

/** JupyterLab says on the body which theme it has put on, once the theme's colours are there; other pages follow the system. */
export function onThemeChange(signal: AbortSignal, changed: () => void): void {
  const observer = new MutationObserver(changed);
  const attributes = ["data-jp-theme-name", "data-jp-theme-light"];
  observer.observe(document.body, { attributes: true, attributeFilter: attributes });
  signal.addEventListener("abort", () => observer.disconnect());
  globalThis.matchMedia?.(darkQuery).addEventListener?.("change", changed, { signal });
}

const darkQuery = "(prefers-color-scheme: dark)";
