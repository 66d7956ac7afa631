import type { FaultGroup } from "./row.ts";

export const living: FaultGroup = {
  heading: "Readiness and liveness",
  rows: [
    [
      "nothing can say that it is ready, and `readiness` is `explicit`",
      "an event `finding`, `never-ready`",
      "readiness",
      "or can never be, which is a finding",
    ],
    [
      "it does not listen yet",
      "it is not ready: `tcpCheck`",
      "readiness",
      "when its port takes a connection",
    ],
    [
      "it listens, and does not answer yet",
      "it is not ready: `httpCheck`",
      "readiness",
      "when it answers a request with the right status",
    ],
    [
      "its prompt has no line end",
      "it is ready: `promptWhen`",
      "readiness",
      "when it prompts, and readiness needs no other word",
    ],
    [
      "it hangs before its first heartbeat",
      '`unhealthy`, `heartbeat-stale`: `heartbeat: "message"`',
      "readiness",
      "hangs before its first heartbeat",
    ],
    [
      "it writes nothing any more",
      'likewise: `heartbeat: "output"`',
      "readiness",
      "writes nothing any more",
    ],
    [
      "its port takes no connection any more",
      "`unhealthy`, `probe-failed`",
      "readiness",
      "answers its port no more",
    ],
    ["it answers 503", "`unhealthy`, `probe-failed`", "readiness", "answers with the wrong status"],
    ["it runs for too long", "`timed-out` at exactly `maxRunMs`", "readiness", "runs for too long"],
    [
      "it has become old, or slow, or large",
      "`recycle`: a planned restart, free of the policy, no failure",
      "readiness",
      "is old, and its successor is free of the policy",
    ],
    [
      "its group has too much memory",
      "`unhealthy`, `probe-failed`: `memoryCheck`",
      "memory",
      "that is too much ends the child as unhealthy",
    ],
    [
      "your own function finds it ill",
      "likewise, sync or async",
      "readiness",
      "a function of the user's finds ill, sync or async",
    ],
  ],
};
