// The table of faults in the README. `pnpm readme` writes it.

import type { FaultGroup } from "../../../../config/testing/fault-table.ts";
import { ending } from "./ending.ts";
import { pooling } from "./pooling.ts";
import { starting } from "./starting.ts";
import { stopping } from "./stopping.ts";
import { talking } from "./talking.ts";
import { throwing } from "./throwing.ts";

export const faultGroups: readonly FaultGroup[] = [
  starting,
  throwing,
  ending,
  stopping,
  talking,
  pooling,
];
