// The shapes of what the server sends: its own, so that the two cannot part.

export type {
  ChildDetail,
  WhatIf,
  WhatIfStep,
} from "../../packages/dashboard/src/wire.ts";

import type { ChildDetail } from "../../packages/dashboard/src/wire.ts";

export type ExitRecord = NonNullable<ChildDetail["lastExit"]>;
