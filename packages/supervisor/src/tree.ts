export type {
  ChildPath,
  TreeChildHandle,
  TreeChildStatus,
  TreeHandle,
  TreeHandleStatus,
} from "./tree/handle.js";
export type { TreeAnswer } from "./tree/open-orders.js";
export type { SuperviseTreeOptions, TreeJournalEntry } from "./tree/options.js";
export type {
  TreeCause,
  TreeCompleted,
  TreeFailed,
  TreeOutcome,
  TreeRefused,
  TreeStartFailed,
  TreeStopped,
} from "./tree/outcome.js";
export type { TreeSnapshot } from "./tree/snapshot.js";
export type { Launched, Nested, TreeChildSpec, TreeKindSpec, TreeSpec } from "./tree/spec.js";
export { superviseTree } from "./tree/supervise-tree.js";
export { type TreeLauncherOptions, treeLauncher } from "./tree/tree-launcher.js";
