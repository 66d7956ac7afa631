export type { SlidingWindowOptions } from "./options.js";
export { slidingWindow } from "./sliding-window.js";
export type { Block, SlidingWindowState } from "./stamps.js";
export { type WindowView, windowView } from "./window-view.js";
