import type { FaultGroup } from "../../../../config/testing/fault-table.ts";

export const talking: FaultGroup = {
  heading: "Messages and requests",
  rows: [
    [
      "a message to it that cannot be cloned",
      "thrown to the caller of `send`",
      "talking",
      "throws to the caller what cannot be cloned, and harms nobody",
    ],
    [
      "a message of its that cannot be read",
      "an event, `unreadable`; it lives on",
      "requests",
      "of which a message cannot be read is told of, and lives on",
    ],
    [
      "a message to it, or a request, that it cannot read",
      "an event, `unreadable`; the request rejects, `ERR_UNREADABLE_REQUEST`; the others are answered",
      "requests",
      "rejects where the worker %s cannot read it, and the others are answered",
    ],
    [
      "an answer of its that cannot be read",
      "the request rejects, `ERR_UNREADABLE_ANSWER`; the others are answered",
      "requests",
      "rejects where its answer cannot be read, and the others are answered",
    ],
    [
      "its handler throws, or answers what cannot be cloned",
      "the request rejects with that; it lives on",
      "requests",
      "rejects with the error of its handler, kind, code and all",
    ],
    [
      "it ends with a request in hand",
      "it rejects with the root cause (`lost`)",
      "requests",
      "rejects it with the root cause, and the next attempt answers the next one",
    ],
    [
      "the same, and the request may be done twice",
      "it is sent to the next attempt, `resends` times at the most",
      "requests",
      "has it sent to the next attempt, where it may be",
    ],
    [
      "it is not restarted",
      "what waits rejects with the last exit (`over`)",
      "requests",
      "and is not restarted, leaves nothing waiting",
    ],
    [
      "its module fails",
      "what waits rejects with that error",
      "requests",
      "of which the module fails, rejects what waits with that error",
    ],
    [
      "a request is out of time",
      "it rejects (`timed-out`); the next one is answered",
      "requests",
      "out of time rejects, and the next one is answered",
    ],
    [
      "a request is withdrawn",
      "the handler's signal fires, and no listener stays",
      "requests",
      "that is withdrawn aborts the handler's signal",
    ],
    [
      "it has no handler",
      "the request rejects, `ERR_NO_REQUEST_HANDLER`",
      "requests",
      "that has no handler says so, and one without our module may answer by itself",
    ],
    [
      "both copies of our module are in it",
      "a request is answered once, a stop heard by both",
      "requests",
      "with both copies of the worker's side answers once",
    ],
  ],
};
