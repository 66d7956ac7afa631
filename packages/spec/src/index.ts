export { durationFrom, durationText } from "./duration.js";
export { keyedFrom } from "./keyed-from.js";
export type { SpecKind } from "./kinds.js";
export { policyFrom } from "./policy-from.js";
export { isPolicySpecError, PolicySpecError } from "./policy-spec-error.js";
export { presetFrom } from "./preset-from.js";
export type { PresetName } from "./presets.js";
export type { KeyedSpec, KindSpec, PolicySpec, PresetSpec } from "./spec.js";
export { toJson } from "./to-json.js";
