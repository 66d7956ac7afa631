// Those who take a stream line by line: readiness, the user's function, and the host's stream behind a label.
// Once nobody wants lines any more, none are made.

import type { LaunchInfo } from "@steadfast/supervisor";
import type { Hold } from "./hold.js";
import { labelOf, wantsColor } from "./labels.js";
import { LINE_LENGTH, lineSplitter } from "./line-splitter.js";
import type { LineSource, OutputName } from "./output-options.js";
import { promiseIn } from "./promise-in.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import type { ReadyLine } from "./ready-line.js";
import type { Sink } from "./sink.js";
import { redacted } from "./stderr-tail.js";
import type { Taker } from "./taker.js";

/** Null if nobody wants lines of this stream. */
export function outputLines(
  name: OutputName,
  settings: ProcessSettings,
  info: LaunchInfo,
  ready: ReadyLine,
  hold: Hold,
  hostSinkOf: (name: OutputName) => Sink,
): Taker | null {
  const { line: taker, prefix } = settings[name];
  const keeps = taker !== undefined || prefix !== undefined;
  if (!keeps && !ready.isOpen()) return null;
  const call = taker && lineCall(taker, name, info, settings.onFault);
  const sink = prefix === undefined ? null : hostSinkOf(name);
  const label = prefix ?? info.id;
  const { redact } = settings;
  let before = "";
  let text = "";

  const lines = lineSplitter((line) => {
    if (ready.isOpen()) ready.look(line, name);
    if (!keeps) return;
    const shown = redact ? redacted(line, redact, LINE_LENGTH) : line;
    if (sink) text += `${before}${shown}\n`;
    call?.(shown);
  });

  function handOn(): void {
    const given = text;
    text = "";
    if (sink && given !== "") hold.give(sink, given);
  }

  return {
    take(piece) {
      if (!keeps && !ready.isOpen()) return;
      if (sink) before = labelOf(label, wantsColor(process[name]));
      lines.write(piece);
      if (ready.isOpen()) ready.glance(lines.unfinished(), name);
      handOn();
    },
    end() {
      lines.end();
      handOn();
    },
  };
}

function sourceOf(stream: OutputName, { id, attempt, generation }: LaunchInfo): LineSource {
  return { stream, id, attempt, generation };
}

/** The user's function, without what it throws or rejects: the first of that is a fault. */
function lineCall(
  taker: (line: string, source: LineSource) => unknown,
  name: OutputName,
  info: LaunchInfo,
  onFault: (error: unknown) => void,
): (line: string) => void {
  let isTold = false;
  let source = sourceOf(name, info);
  const tell = (error: unknown) => {
    if (!isTold) onFault(error);
    isTold = true;
  };
  return (line) => {
    // A standby has become an attempt.
    if (source.attempt !== info.attempt) source = sourceOf(name, info);
    try {
      const answer = taker(line, source);
      if (answer !== undefined) promiseIn(answer)?.catch(tell);
    } catch (error) {
      tell(error);
    }
  };
}
