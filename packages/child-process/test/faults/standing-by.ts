import type { FaultGroup } from "./row.ts";

export const standingBy: FaultGroup = {
  heading: "Standbys",
  rows: [
    [
      "a crash while a standby is up",
      "the standby begins, as the next attempt; it is replaced",
      "standby",
      "that is up already answers a crash: it begins, and learns which attempt it is",
    ],
    [
      "a standby is killed",
      "an event `standby-lost` with its exit; the policy is asked for another; the service goes on",
      "standby",
      "that is killed is told and replaced; the service goes on",
    ],
    [
      "a standby ends before it is up",
      "likewise",
      "standby",
      "that ends before it is up is told with how: %s",
    ],
    [
      "a standby cannot be started",
      "likewise, `spawn-failed`",
      "standby",
      "that the system refuses to start is told as that",
    ],
    [
      "a standby says `ready()` before it was to begin, or closes its channel",
      "it is killed; `standby-lost`, `failed`, with what is wrong",
      "standby",
      "that does not wait (%s) is ended, and told with why",
    ],
    [
      "a standby sends a message",
      "nobody hears it, and `onFault` says so",
      "standby",
      "is not heard before it begins",
    ],
    [
      "a stop, or a kill, while there are standbys",
      "they are ended before it is over: the stop signal, then SIGKILL after `sweepGraceMs`",
      "standby",
      "is ended by a stop, also one that is deaf to SIGTERM, and while it starts",
    ],
    [
      "the host is killed while there are standbys",
      "they end; one that has taken over is known to the next host",
      "standby",
      "does not outlive its host, and is known to the next one when it had taken over: lifeline %s",
    ],
  ],
};
