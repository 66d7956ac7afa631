export { type Dashboard, dashboard } from "./dashboard.js";
export { DashboardAssetsError } from "./errors.js";
export type { DashboardOptions, Watched } from "./options.js";
export { type Recording, type RecordingOptions, recording } from "./recording.js";
export type { AnyHandle } from "./source.js";
