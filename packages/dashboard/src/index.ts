export { type Dashboard, dashboard } from "./dashboard.js";
export { DashboardAssetsError } from "./errors.js";
export type { DashboardOptions } from "./options.js";
export type { AnyHandle } from "./source.js";
