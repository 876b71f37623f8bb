/** What only a cell has: these names, and the types they speak of, are known in every cell without an import. */
export type { Comm, CommMessage, CommOptions } from "./comms.js";
export { comms } from "./comms.js";
export type { DisplayOptions } from "./display.js";
export { clearOutput, display } from "./display.js";
export type { HelpPage } from "./help.js";
export { help } from "./help.js";
export type { InputOptions } from "./input.js";
export { input, inputSync } from "./input.js";
export type { Ranges } from "./interact.js";
export { interact } from "./interact.js";
export { liveDisplay } from "./liveDisplay.js";
export type { ProgressOptions } from "./progress.js";
export { progress } from "./progress.js";
export { widget } from "./viewWidget.js";
export type { Slider, SliderOptions } from "./widgets.js";
export { slider } from "./widgets.js";
