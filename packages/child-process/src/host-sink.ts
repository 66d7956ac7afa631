import type { OutputName } from "./output-options.js";
import { type Sink, streamSink } from "./sink.js";
import { terminalSink } from "./terminal-sink.js";

/** A stream of the host, which never makes this process wait. */
export function hostSink(name: OutputName): Sink {
  const stream = process[name];
  return terminalSink(stream) ?? streamSink(stream);
}
