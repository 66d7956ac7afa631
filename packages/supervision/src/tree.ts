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
export type {
  ChildOrder,
  IdBranch,
  IdLeaf,
  IdNode,
  LateExit,
  Later,
  Page,
  PageFacts,
  PageItem,
  Plan,
  PlanOrder,
  Queue,
  Roll,
  TreeChild,
  TreeState,
} from "./tree/state.js";
export { type ChildStatus, type PlanStatus, type TreeStatus, treeStatus } from "./tree/status.js";
export { supervisionTree, supervisionTreeOf } from "./tree/supervision-tree.js";
