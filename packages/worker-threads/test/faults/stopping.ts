import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const stopping: FaultGroup = {
  heading: "Stopping and hanging",
  rows: [
    [
      "it listens for no stop, and nobody spoke to it",
      "it is ended at once, as `cancelled`",
      "talking",
      "ends a worker that cannot hear of it, at once: none of its code listens",
    ],
    [
      "it was spoken to, and does not listen",
      "a kill when the grace period is over",
      "talking",
      "has no effect on a worker that was spoken to and does not listen: a kill ends it",
    ],
    [
      "it is killed while it is busy",
      "`cancelled`",
      "endings",
      "ends a worker that is busy: cancelled, without an error",
    ],
    ["it is killed in `Atomics.wait`", "`cancelled`", "endings", "ends a worker that waits"],
    [
      "it is killed before it has begun",
      "`cancelled`",
      "endings",
      "ends a worker that has not begun",
    ],
    [
      "it has requests in hand when it is asked to stop",
      "they are answered, then it ends by itself",
      "requests",
      "lets the requests in hand be answered, and then the worker ends by itself",
    ],
    [
      "it hangs before its first word",
      "`unhealthy`, `heartbeat-stale`, with `heartbeatEveryMs`",
      "liveness",
      "is found where it hangs before it has said anything",
    ],
    [
      "it hangs later, or in an `exit` listener",
      "likewise",
      "liveness",
      "is found where it hangs later, and where it hangs in an `exit` listener after a throw",
    ],
    [
      "it cannot be ended: it hangs in native code",
      "`abandoned`: an event, a count in `status()`, another thread in its place",
      "liveness",
      "is abandoned: an event, a count, and another thread in its place",
    ],
    [
      "the host ends while such a thread lives",
      "its event loop ends; Node itself waits for the thread",
      "hosts",
      "has no exit, and once it is abandoned keeps the event loop alive no longer",
    ],
  ],
};
