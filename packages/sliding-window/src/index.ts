export type { SlidingWindowOptions } from "./options.js";
export type { PausingWindowOptions } from "./pausing-options.js";
export { type PausingWindowState, pausingWindow } from "./pausing-window.js";
export { slidingWindow } from "./sliding-window.js";
export type { Part, SlidingWindowState } from "./stamps.js";
export { type WindowView, windowView } from "./window-view.js";
