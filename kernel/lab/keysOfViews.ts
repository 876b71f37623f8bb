/** Which keys a view has for itself, and which are the notebook's wherever the focus is. */

/** Lumino's word for an element below which no shortcut is looked for. */
const mark = "data-lm-suppress-shortcuts";

/**
 * Leaves plain keys to the view that has the focus; those with Ctrl, Alt or Meta, and Shift+Enter, stay the notebook's.
 * The mark stands on what has the focus, because a shortcut for `:focus` is found there before anything around it is
 * looked at. It is set from the window, because Notebook 7 looks for shortcuts on the document, before the key goes down.
 */
export function leaveKeysToViews(page: Window): void {
  const mind = (event: KeyboardEvent): void => {
    const focused = event.target as Element;
    if (focused.closest?.(".philab-output")) focused.toggleAttribute(mark, !isNotebooks(event));
  };
  page.addEventListener("keydown", mind, { capture: true });
}

function isNotebooks({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return ctrlKey || altKey || metaKey || (shiftKey && key === "Enter");
}
