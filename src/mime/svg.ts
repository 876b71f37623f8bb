/** The static form of a figure: axes with ticks and titles around whatever is drawn, as SVG text. */

import { type ColourKey, colourKey, keyWidth } from "./colourKey.js";
import { figureStyle } from "./svgStyle.js";
import { svgText } from "./svgText.js";
import { textWidth, wrappedText } from "./textWidth.js";
import { roundPlaces } from "./ticks.js";
import { powerOfTen } from "./written.js";
import { escaped } from "./xml.js";

/** One axis: what it measures, from where to where, and whether it runs down. */
export interface Axis {
  readonly title: string;
  readonly range: readonly [number, number];
  /** Places of the ticks and what they say; chosen from the range where none are given. */
  readonly ticks?: readonly (readonly [place: number, label: string])[];
  /** Whether only whole numbers are places: rows, columns, pixels. */
  readonly whole?: boolean;
}

/** A frame of the given inner size in pixels. */
export interface PlotFrame {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** What the figure says in one sentence; its title where none is given. */
  readonly sentence?: string;
  /** Legend entries: a line's number, and what it stands for. */
  readonly legend?: readonly { colour: string; name: string }[];
  /** What the colours of a raster stand for. */
  readonly key?: ColourKey;
}

/** Where a point of the data lies in the drawing, in pixels. */
export type ToPixels = (x: number, y: number) => readonly [number, number];

/** Where the frame lies in the whole drawing, and what stands around it. */
interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly ticksX: readonly (readonly [number, string])[];
  readonly ticksY: readonly (readonly [number, string])[];
  /** Whether the title of the vertical axis stands above it: it is longer than the axis. */
  readonly isTitleAbove: boolean;
}

const fontSize = 12;
const titleSize = 13;
const narrowest = 240;

/** An SVG picture, light or dark as the page is: `draw` gives the marks, `place` turns data into pixels. Text is escaped. */
export function svgFigure(frame: PlotFrame, draw: (place: ToPixels) => string): string {
  const room = roomOf(frame);
  const place: ToPixels = (x, y) => [
    room.left + frame.width * fraction(frame.x.range, x),
    room.top + frame.height * (1 - fraction(frame.y.range, y)),
  ];
  const box = `x="${room.left}" y="${room.top}" width="${frame.width}" height="${frame.height}"`;
  return [
    opening(room.width, room.height, frame.sentence ?? frame.title),
    figureStyle(frame.key?.scale),
    `<rect class="ground" width="100%" height="100%" fill="#fff"/>`,
    draw(place),
    `<rect ${box} fill="none" class="axis" stroke="#888"/>`,
    ...room.title.map((line, k) =>
      svgText([8, 20 + 18 * k], line, `style="font-size:${titleSize}px" font-weight="600"`),
    ),
    ...axisX(frame, room, place),
    ...axisY(frame, room, place),
    frame.key === undefined
      ? ""
      : colourKey(frame.key, [room.left + frame.width + 18, room.top], keyHeight(frame)),
    ...legend(frame, room),
    "</svg>",
  ].join("");
}

/** Pictures side by side, two in a row, with lines of words above them. */
export function svgGrid(pictures: readonly string[], caption: readonly string[]): string {
  const sizes = pictures.map((picture) => sizeOf(picture));
  const [width, height] = [0, 1].map((side) => Math.max(...sizes.map((size) => size[side])));
  const [columns, rows] = [Math.min(2, pictures.length), Math.ceil(pictures.length / 2)];
  const words = caption.flatMap((line, k) =>
    wrappedText(line, columns * width - 24, fontSize).map((text) => ({ text, isHead: k === 0 })),
  );
  const top = 8 + 20 * words.length;
  const placed = pictures.map((picture, k) => {
    const [x, y] = [(k % 2) * width, top + Math.floor(k / 2) * height];
    return picture.replace("<svg ", `<svg x="${x}" y="${y}" `);
  });
  return [
    opening(columns * width, top + rows * height, caption.join("; ")),
    figureStyle(),
    `<rect class="ground" width="100%" height="100%" fill="#fff"/>`,
    ...words.map(({ text, isHead }, k) =>
      svgText([12, 20 + 20 * k], text, isHead ? 'font-weight="600"' : ""),
    ),
    ...placed,
    "</svg>",
  ].join("");
}

function opening(width: number, height: number, label: string): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="philab-figure" ${size} role="img" aria-label="${escaped(label)}">`;
}

function sizeOf(picture: string): [number, number] {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(picture) as RegExpExecArray;
  return [Number(width), Number(height)];
}

/** Nothing is cropped: the whole is as large as the frame, its numbers, titles, key and legend need. */
function roomOf(frame: PlotFrame): Room {
  const ticksX = ticksOf(frame.x, frame.width, "across");
  const ticksY = ticksOf(frame.y, frame.height, "down");
  const isTitleAbove = textWidth(frame.y.title, fontSize) > frame.height + 30;
  const numbers = Math.max(0, ...ticksY.map(([, label]) => textWidth(label, fontSize)));
  const left = Math.ceil(numbers) + (frame.y.title === "" || isTitleAbove ? 18 : 38);
  const right = frame.key === undefined ? 18 : 18 + keyWidth(frame.key);
  const named = Math.max(0, ...(frame.legend ?? []).map(({ name }) => textWidth(name, fontSize)));
  const inside = [frame.width + right, textWidth(frame.x.title, fontSize) + 8, named + 40];
  const width = Math.max(narrowest, left + Math.ceil(Math.max(...inside)));
  // Bold letters are wider.
  const title = frame.title === "" ? [] : wrappedText(frame.title, (width - 16) / 1.08, titleSize);
  const top = 14 + 18 * title.length + (isTitleAbove ? 18 : 0);
  const below = 48 + 18 * (frame.legend?.length ?? 0);
  const height = top + Math.max(frame.height + below, frame.key === undefined ? 0 : keyHeight(frame) + 24);
  return { left, top, width, height: Math.ceil(height), title, ticksX, ticksY, isTitleAbove };
}

function keyHeight({ height }: PlotFrame): number {
  return Math.min(180, Math.max(80, height));
}

function axisX(frame: PlotFrame, { left, top, ticksX }: Room, place: ToPixels): string[] {
  const bottom = top + frame.height;
  const ticks = ticksX.map(([x, label]) => {
    const [at] = place(x, 0);
    return `<path d="M${round(at)} ${bottom}v5" class="axis" stroke="#888"/>${svgText([at, bottom + 18], label, 'text-anchor="middle"')}`;
  });
  const isWider = textWidth(frame.x.title, fontSize) > frame.width;
  const [at, anchor] = isWider ? [left, "start"] : [left + frame.width / 2, "middle"];
  return [...ticks, svgText([at, bottom + 38], frame.x.title, `text-anchor="${anchor}"`)];
}

function axisY(frame: PlotFrame, { left, top, ticksY, isTitleAbove }: Room, place: ToPixels): string[] {
  const ticks = ticksY.map(([y, label]) => {
    const [, at] = place(0, y);
    const line = `<path d="M${left} ${round(at)}h-5" class="axis" stroke="#888"/>`;
    return line + svgText([left - 9, at + 4], label, 'text-anchor="end"');
  });
  if (isTitleAbove) return [...ticks, svgText([8, top - 6], frame.y.title)];
  const middle = top + frame.height / 2;
  const turned = `text-anchor="middle" transform="rotate(-90 16 ${middle})"`;
  return [...ticks, svgText([16, middle], frame.y.title, turned)];
}

function legend(frame: PlotFrame, { left, top }: Room): string[] {
  return (frame.legend ?? []).map(({ colour, name }, k) => {
    const y = top + frame.height + 48 + 18 * k;
    const line = `<path d="M${left} ${y}h18" class="stroke${k}" stroke="${escaped(colour)}" stroke-width="3"/>`;
    return line + svgText([left + 24, y + 4], name);
  });
}

/** Ticks at a round step (1, 2 or 5 times a power of ten), at most six steps, and none whose numbers would touch. */
function ticksOf(
  { range, ticks, whole }: Axis,
  pixels: number,
  way: "across" | "down",
): readonly (readonly [number, string])[] {
  if (ticks) return ticks;
  const [least, greatest] = [Math.min(...range), Math.max(...range)];
  const needed = way === "down" ? 20 : 12 + Math.max(...range.map((x) => textWidth(tickNumber(x), fontSize)));
  const most = whole && greatest - least <= 16 ? 16 : 5;
  const places = roundPlaces(range, Math.min(most, Math.floor(pixels / needed)), whole);
  return places.map((place) => [place, tickNumber(place)]);
}

function fraction([from, to]: readonly [number, number], x: number): number {
  return to === from ? 0.5 : (x - from) / (to - from);
}

function tickNumber(x: number): string {
  return Math.abs(x) >= 1e6 ? powerOfTen(x) : String(Number(x.toPrecision(6))).replace("-", "−");
}

function round(x: number): number {
  return Math.round(10 * x) / 10;
}
