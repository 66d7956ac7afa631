// The table of faults in the README. `pnpm readme` writes it.

import { ending } from "./ending.ts";
import { living } from "./living.ts";
import type { FaultGroup } from "./row.ts";
import { sharing } from "./sharing.ts";
import { standingBy } from "./standing-by.ts";
import { starting } from "./starting.ts";
import { stopping } from "./stopping.ts";
import { talking } from "./talking.ts";
import { writing } from "./writing.ts";

export const faultGroups: readonly FaultGroup[] = [
  starting,
  living,
  ending,
  stopping,
  writing,
  talking,
  standingBy,
  sharing,
];
