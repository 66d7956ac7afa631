// A stack without a terminal: a line per event, and those of the children, each behind its name.

import { eventLines, type LogFormat } from "../event-lines.js";
import type { View } from "./run-stack.js";

export function plainView(format: LogFormat): View {
  return {
    prefixed: true,
    onEvent: eventLines(format),
    begin: () => ({ [Symbol.dispose]() {} }),
  };
}
