export type { Finding, FindingCode } from "./lint/finding.js";
export { lint } from "./lint/lint.js";
export type { SupervisionRules } from "./simulate/rules.js";
