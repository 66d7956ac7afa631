// Before the tests: a run that turbo caches has the versions found in its key, or does not begin.

import { keyFault } from "./tools.ts";

export default function setup(): void {
  const fault = keyFault(process.env);
  if (fault !== null) throw new Error(fault);
}
