// Windows that look at what is hidden from them: the machine, the shape of an exit, their own birth.

import { launch, refuse } from "@steadfast/policy";
import { exhibit } from "../exhibit.js";
import { window } from "../reference/window.js";
import { windowFault } from "./window-fault.js";

const WRITTEN = "written to try the kit";

export const newDate = windowFault(
  {
    name: "window-new-date",
    defect: "It makes a `new Date()` where it should take the time that it is given.",
    seenIn: `${WRITTEN}: a clock that is not called \`now\``,
  },
  (healthy) => ({
    launch: (state, event) => healthy.launch(state, event, Date.parse(new Date().toISOString())),
  }),
);

export const localMidnight = windowFault(
  {
    name: "window-local-midnight",
    defect: "It is shut at night, by the time zone of the machine that it happens to run on.",
    seenIn: `${WRITTEN}: a calendar that is right in one place only`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const isNight = new Date(event.wall).getHours() < 12;
      return isNight ? [state, refuse("night", null)] : healthy.launch(state, event, now);
    },
  }),
);

export const describesItsBirth = exhibit(
  "window",
  {
    name: "window-describes-its-birth",
    defect: "Its factory reads a clock, and no two windows of the same options are alike.",
    seenIn: `${WRITTEN}: what a factory has captured`,
  },
  (options) => {
    const healthy = window(options);
    const { describe } = healthy;
    const described = { ...describe.options, madeAt: Date.now() };
    return { ...healthy, describe: { ...describe, options: described } };
  },
);

export const drawsItsLength = exhibit(
  "window",
  {
    name: "window-draws-its-length",
    defect: "Its factory draws how much longer than it says it is, once for all its life.",
    seenIn: `${WRITTEN}: a draw that a factory has captured`,
  },
  (options = {}) => {
    const { windowMs = 1_000 } = options;
    const longer = window({ ...options, windowMs: windowMs + Math.ceil(Math.random() * windowMs) });
    return { ...longer, describe: window(options).describe };
  },
);

export const readsTheCode = windowFault(
  {
    name: "window-reads-the-code",
    defect: "It looks for the code of the error that a child ended with, and there may be none.",
    seenIn: `${WRITTEN}: what throws null, undefined or a text`,
  },
  (healthy) => ({
    exited(state, event, now) {
      const error = event.exit.kind === "failed" ? event.exit.error : {};
      const isAbort = (error as { readonly code?: string }).code === "ABORT_ERR";
      return isAbort ? state : (healthy.exited?.(state, event, now) ?? state);
    },
  }),
);

export const reasonSentence = windowFault(
  {
    name: "window-reason-is-a-sentence",
    defect: "Its reason is a text for people, with the wait in it: no program can go by it.",
    seenIn: `${WRITTEN}: "full, wait 997 ms"`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type !== "refuse") return [next, answer];
      const { retryAfterMs } = answer;
      return [next, refuse(`full, wait ${retryAfterMs} ms`, retryAfterMs)];
    },
  }),
);

export const reasonNumbered = windowFault(
  {
    name: "window-reason-has-the-wait",
    defect: "Its reason is a new word for each wait: what counts refusals by reason has millions.",
    seenIn: `${WRITTEN}: a label of a metric that never comes twice`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type !== "refuse") return [next, answer];
      return [next, refuse(`window-full-${answer.retryAfterMs}`, answer.retryAfterMs)];
    },
  }),
);

export const reasonEmpty = windowFault(
  {
    name: "window-reason-is-empty",
    defect: "It gives no reason at all.",
    seenIn: `${WRITTEN}: a refusal that nobody can look up`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      return [next, answer.type === "refuse" ? refuse("", answer.retryAfterMs) : launch()];
    },
  }),
);
