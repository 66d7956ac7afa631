export type { SlidingWindowOptions } from "./options.js";
export { slidingWindow } from "./sliding-window.js";
export type { Part, SlidingWindowState } from "./stamps.js";
export { type WindowView, windowView } from "./window-view.js";
