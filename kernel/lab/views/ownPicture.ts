/** The reader's own picture, dropped onto a view or chosen from the disk; it never leaves the page. */

import { element } from "./element.js";

/** A picture as Z is: d × a·b, the channel fastest, values from 0 to 1. */
export interface Picture {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly z: Float64Array;
}

/** How a picture is brought to the size and the channels that a view works with. */
export interface PictureWish {
  /** The longer side is at most this; smaller pictures stay as they are. */
  readonly longest: number;
  /** Exactly these sides, the picture's middle cut to fit them. */
  readonly sides?: { readonly a: number; readonly b: number };
  readonly channels: 1 | 3;
}

/** A button that asks for a file; files dropped on `place` come the same way. What cannot be read is said beside it. */
export function ownPicture(
  place: HTMLElement,
  wish: PictureWish,
  take: (picture: Picture) => void,
): HTMLElement {
  const file = element("input", {
    type: "file",
    accept: "image/*",
    class: "philab-unseen",
    "aria-label": "your own picture",
  });
  const said = element("span", { class: "philab-note", "aria-live": "polite" });
  const read = async (chosen: File | undefined | null): Promise<void> => {
    if (!chosen) return;
    try {
      take(await readPicture(chosen, wish));
      said.textContent = chosen.name;
    } catch {
      said.textContent = `${chosen.name} is no picture that this browser reads`;
    }
  };
  file.addEventListener("change", () => void read(file.files?.[0]));
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("philab-drop");
  });
  place.addEventListener("dragleave", () => place.classList.remove("philab-drop"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    place.classList.remove("philab-drop");
    void read(event.dataTransfer?.files[0]);
  });
  const label = element("label", { class: "philab-file" }, "your own picture … ", file);
  return element("span", { class: "philab-own" }, label, said);
}

/** The pixels of a picture that a data address holds, as it is. */
export async function pictureOf(address: string, channels: 1 | 3 = 3): Promise<Picture> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { naturalHeight: a, naturalWidth: b } = image;
  return drawn(image, { height: a, width: b }, { longest: Math.max(a, b), channels });
}

async function readPicture(file: Blob, wish: PictureWish): Promise<Picture> {
  const bitmap = await createImageBitmap(file);
  try {
    return drawn(bitmap, bitmap, wish);
  } finally {
    bitmap.close();
  }
}

/** The picture on white, scaled so that it fills the wished sides, its middle in their middle. */
function drawn(
  source: CanvasImageSource,
  { height, width }: { height: number; width: number },
  wish: PictureWish,
): Picture {
  const { a, b } = wish.sides ?? sidesWithin(height, width, wish.longest);
  const canvas = element("canvas", { width: b, height: a });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this page has no canvas to read a picture with");
  const scale = Math.max(a / height, b / width);
  const [tall, wide] = [height * scale, width * scale];
  context.fillStyle = "#fff";
  context.fillRect(0, 0, b, a);
  context.drawImage(source, (b - wide) / 2, (a - tall) / 2, wide, tall);
  return fromPixels(context.getImageData(0, 0, b, a).data, a, b, wish.channels);
}

function sidesWithin(a: number, b: number, longest: number): { a: number; b: number } {
  const scale = Math.min(1, longest / Math.max(a, b));
  return { a: Math.max(1, Math.round(a * scale)), b: Math.max(1, Math.round(b * scale)) };
}

/** Rows of red, green, blue, opacity as columns of pixels; grey by the eye's weights. */
function fromPixels(pixels: Uint8ClampedArray, a: number, b: number, d: 1 | 3): Picture {
  const z = new Float64Array(d * a * b);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      const from = 4 * (j + b * i);
      const [red, green, blue] = [pixels[from] / 255, pixels[from + 1] / 255, pixels[from + 2] / 255];
      const to = d * (i + a * j);
      if (d === 1) z[to] = 0.299 * red + 0.587 * green + 0.114 * blue;
      else z.set([red, green, blue], to);
    }
  }
  return { a, b, d, z };
}
