export { type ManualSystem, manualSystem } from "./testing/manual-system.js";
