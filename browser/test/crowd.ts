// The crowd of a test: it is ended with it.

import { crowdOf } from "./crowd-of.ts";
import { later } from "./stage.ts";

export function crowd(size: number) {
  const made = crowdOf(size);
  later(async () => made.tree.kill());
  return { ...made, watched: made.tree };
}
