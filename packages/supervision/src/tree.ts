export type {
  Answer,
  ChildEffect,
  Inside,
  Kind,
  Place,
  TreeEffect,
  TreeOrderError,
  TreeOutcome,
  TreeOwnEffect,
} from "./tree/effects.js";
export type {
  TreeEvent,
  TreeGiven,
  TreeHappening,
  TreeOrder,
  TreeStop,
  TreeStopSource,
} from "./tree/events.js";
export type { ChildView, SupervisionTree, TreeKind } from "./tree/machine.js";
export type { ChildSpec, Dependency, KindSpec, Strategy, TreeOptions } from "./tree/options.js";
export type { TreeState } from "./tree/state.js";
