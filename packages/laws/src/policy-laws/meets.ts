// What a law has something to say about: a kind of moment. Whether a policy ever comes to one is found
// by the probe.

import type { Moment } from "./tell.js";

export interface Meets {
  /** As it stands in a report. */
  readonly name: string;
  /** Why a law is not run if it never happens. */
  readonly absent: string;
  readonly at: (moment: Moment) => boolean;
}

export const aWait: Meets = {
  name: "a wait",
  absent: "it never refused for a time",
  at: ({ decision }) => decision?.type === "refuse" && decision.retryAfterMs !== null,
};

export const aNever: Meets = {
  name: "a never",
  absent: "it never refused for good",
  at: ({ decision }) => decision?.type === "refuse" && decision.retryAfterMs === null,
};

export const aRefusal: Meets = {
  name: "a refusal",
  absent: "it never refused",
  at: ({ decision }) => decision?.type === "refuse",
};

export const aDelay: Meets = {
  name: "a delay",
  absent: "it never delayed a launch",
  at: ({ decision }) => decision?.type === "launch" && decision.delayMs > 0,
};

export const aChange: Meets = {
  name: "a change of state",
  absent: "its state never changed",
  at: ({ before, after }) => before !== after,
};

/** An answer that depends on the time: the state matters, or the clock does. */
export const aDuration: Meets = {
  name: "a delay or a wait",
  absent: "it never answered with a duration",
  at: (moment) => aWait.at(moment) || aDelay.at(moment),
};
