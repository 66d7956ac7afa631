// A stack without a terminal: a line per event, and those of the children, each behind its name.

import { eventLines, type LogFormat } from "../event-lines.js";
import type { Output } from "../output.js";
import type { View } from "./run-stack.js";

export function plainView(format: LogFormat, err: Output): View {
  return {
    say: (line) => err.line(`steadfast: ${line}`),
    prefixed: true,
    onEvent: eventLines(format),
    begin: () => ({ [Symbol.dispose]() {} }),
  };
}
