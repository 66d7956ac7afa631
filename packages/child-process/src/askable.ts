// Requests to a forked child, as messages over its IPC channel. Answers are taken out of the messages.

import { PolicyOptionsError } from "@steadfast/policy";
import type { ChildSignal } from "@steadfast/supervisor";
import { answerSignal, type RequestWord } from "@steadfast/supervisor/answering";
import type { LiveProcess } from "./live-process.js";

/** A child that can be asked; where it has no channel, it says so. */
export function askable(child: LiveProcess): LiveProcess {
  const { send } = child;
  if (!send) return { ...child, ask: () => false };
  const say = (word: RequestWord) => send(word);
  return {
    ...child,
    onSignal: (listener: (signal: ChildSignal) => void) =>
      child.onSignal((signal) => {
        const answer = signal.type === "message" ? answerSignal(signal.message) : null;
        listener(answer ?? signal);
      }),
    ask({ id, message, transferList }) {
      if (transferList.length > 0) {
        const allowed = "left out: a process is given copies, nothing can be handed over to it";
        throw new PolicyOptionsError("request", "transferList", allowed, "an array");
      }
      return say({ steadfast: "request", id, message });
    },
    unask: (id) => void say({ steadfast: "unask", id }),
  };
}
