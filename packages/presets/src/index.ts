export type { Preset } from "./preset.js";
