// What was imported, as processes of this host.

export { type TreeOfOptions, treeOf } from "./processes/tree-of.js";
