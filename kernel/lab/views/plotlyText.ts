/** Text inside figures: plotly reads a little HTML in it, of which only the harmless part is left. */

/** Tags without attributes that plotly draws: bold, italic, line break, index, exponent; <extra> is hover text's own. */
const drawn = /^<\/?(?:b|i|em|br|sub|sup|extra)\s*\/?>/i;

/** `text` with every other "<" written as an entity, so that plotly shows it instead of reading a tag. */
export function plainMarkup(text: string): string {
  return text.replace(/</g, (_, at: number) => (drawn.test(text.slice(at, at + 12)) ? "<" : "&lt;"));
}

/** Whether a picture's address holds the picture itself: nothing is fetched for a figure, and no SVG is let in. */
export function isOwnPicture(address: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/i.test(address);
}
