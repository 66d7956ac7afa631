import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const pooling: FaultGroup = {
  heading: "Standbys and pools",
  rows: [
    [
      "a crash, with a standby",
      "the next attempt is a thread that was online already",
      "standby",
      "takes over in the thread that was online already, with its module loaded",
    ],
    [
      "a standby that throws, or that works too early",
      "`standby-lost`, and another one under the policy",
      "standby",
      "that fails is told as lost, and replaced under the policy: %s",
    ],
    [
      "a standby that may not be replaced",
      "the next attempt starts cold",
      "standby",
      "that the policy does not replace is missed by nobody: the next attempt starts cold",
    ],
    [
      "a thread of a pool crashes with a request in hand",
      "it rejects with the root cause, or is sent to another thread",
      "pool",
      "has it sent again where it may be, as often as it may be",
    ],
    [
      "a request of a pool that is withdrawn blocks its thread",
      "the thread is replaced after `abortGraceMs`, free of the budget",
      "pool",
      "%s, and blocks its thread, costs it the thread and no budget",
    ],
    [
      "a thread of a pool hangs",
      "it is found by its heartbeat, and replaced",
      "pool",
      "hangs, is found by its heartbeat, and is replaced",
    ],
    [
      "a thread of a pool runs out of memory",
      "the request rejects, `out-of-memory`; the thread is replaced",
      "pool",
      "runs out of memory, and is replaced",
    ],
    [
      "the module of a pool cannot load",
      "bounded from the first failure on; all that waits rejects with the root cause",
      "pool",
      "bounds a storm from the first failure on, and what waits rejects with the root cause",
    ],
    [
      "a thread of a pool is recycled under load",
      "no request is lost, no budget is spent",
      "pool",
      "after so many requests loses no request and costs no budget",
    ],
    [
      "1 000 requests are aborted at once",
      "nothing is left of them",
      "pool",
      "a storm of aborts leaves nothing",
    ],
    [
      "5 000 requests, and threads that crash at random",
      "every one settles exactly once",
      "pool",
      "5 000 requests through 4 threads that crash at random: every one settles exactly once",
    ],
  ],
};
