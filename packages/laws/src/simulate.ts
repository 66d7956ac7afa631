export { exponential, fixed, oneOf, uniform } from "./simulate/distributions.js";
export { mostInWindow } from "./simulate/most-in-window.js";
export type { SupervisionRules } from "./simulate/rules.js";
export { simulate } from "./simulate/simulate.js";
export type {
  SimulatedLaunch,
  SimulatedRefusal,
  Simulation,
  SimulationEnd,
} from "./simulate/simulation.js";
export type { Sampler, World, WorldOrder } from "./simulate/world.js";
