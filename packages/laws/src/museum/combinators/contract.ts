// Compositions that are no policies: they do not read back, draw or forget as each of their members does.

import { allOf, coarse, giveUp, inTurn, type RestartPolicy, refuse } from "@steadfast/policy";
import { exhibit } from "../exhibit.js";

const WRITTEN = "written to try the kit";
const LATEST = Number.MAX_SAFE_INTEGER;

export const parsesWithoutNow = exhibit(
  "allOf",
  {
    name: "all-of-parses-without-now",
    defect: "Its members read a state without the time: a clock that was ahead locks them up.",
    seenIn: `${WRITTEN}: \`parse\` of a composition`,
  },
  (...members) => {
    const healthy: RestartPolicy = allOf(...members);
    return { ...healthy, parse: (raw) => healthy.parse(raw, LATEST) };
  },
);

export const idleIfAny = exhibit(
  "allOf",
  {
    name: "all-of-idle-if-any",
    defect: "It is idle as soon as one of its members is: the count of the other is forgotten.",
    seenIn: `${WRITTEN}: \`idle\` of a composition`,
  },
  (...members) => ({
    ...allOf(...members),
    idle: (state, now) =>
      members.some((member, i) => member.idle?.((state as readonly unknown[])[i], now)),
  }),
);

export const ownDraws = exhibit(
  "allOf",
  {
    name: "all-of-draws-again",
    defect: "Each member gets a draw of its own from the machine.",
    seenIn: `${WRITTEN}: members that use the draw`,
  },
  (...members) => {
    const healthy: RestartPolicy = allOf(...members);
    return {
      ...healthy,
      step: (state, event, now) =>
        healthy.step(
          state,
          event.type === "launch" ? { ...event, draw: Math.random() } : event,
          now,
        ),
    };
  },
);

export const noUptime = exhibit(
  "allOf",
  {
    name: "all-of-hides-the-uptime",
    defect: "It passes an exit on without how long the child was up.",
    seenIn: `${WRITTEN}: members that use the uptime`,
  },
  (...members) => {
    const healthy: RestartPolicy = allOf(...members);
    return {
      ...healthy,
      step: (state, event, now) =>
        healthy.step(state, event.type === "exited" ? { ...event, uptimeMs: 0 } : event, now),
    };
  },
);

export const firstHint = exhibit(
  "allOf",
  {
    name: "all-of-one-look",
    defect: "It promises the longest wait without a look at who will be willing then.",
    seenIn: `${WRITTEN}: members that are willing alternately`,
  },
  (...members) => {
    const healthy: RestartPolicy = allOf(...members);
    return {
      ...healthy,
      step(states, event, now) {
        const [next, answer] = healthy.step(states, event, now);
        if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
        const waits = members.flatMap((member, i) => {
          const [, one] = member.step((states as readonly unknown[])[i], event, now);
          return one.type === "refuse" && one.retryAfterMs !== null ? [one.retryAfterMs] : [];
        });
        return [next, refuse(answer.reason, Math.max(...waits))];
      },
    };
  },
);

interface Logged {
  readonly inner: unknown;
  readonly log: readonly string[];
}

export const keepsALog = exhibit(
  "allOf",
  {
    name: "all-of-keeps-a-log",
    defect: "For those who look at it later it keeps what happened, all of it.",
    seenIn: `${WRITTEN}: a composition without a bound`,
  },
  (...members) => {
    const healthy: RestartPolicy = allOf(...members);
    const logging: RestartPolicy<Logged> = {
      ...healthy,
      initial: () => ({ inner: healthy.initial(), log: [] }),
      step({ inner, log }, event, now) {
        const [next, answer] = healthy.step(inner, event, now);
        if (event.type === "reset") return [{ inner: next, log: [] }, answer];
        return [{ inner: next, log: [...log, event.type] }, answer];
      },
      parse(raw, now) {
        const { inner, log } = raw as Logged;
        return { inner: healthy.parse(inner, now), log };
      },
      idle: ({ inner }, now) => healthy.idle?.(inner, now) ?? false,
    };
    return logging;
  },
);

export const secondDraw = exhibit(
  "inTurn",
  {
    name: "in-turn-second-draws-0",
    defect: "The second is asked with a draw of 0, whatever was drawn.",
    seenIn: `${WRITTEN}: members that use the draw`,
  },
  (first, second) =>
    inTurn(first, {
      ...second,
      step: (state, event, now) =>
        second.step(state, event.type === "launch" ? { ...event, draw: 0 } : event, now),
    }),
);

export const firstIdle = exhibit(
  "inTurn",
  {
    name: "in-turn-idle-as-the-first",
    defect: "It is idle when its first member is.",
    seenIn: `${WRITTEN}: \`idle\` of a composition`,
  },
  (first, second) => ({
    ...inTurn(first, second),
    idle: (state, now) => first.idle?.((state as readonly unknown[])[0], now) ?? false,
  }),
);

export const neverIdle = exhibit(
  "giveUp",
  {
    name: "give-up-always-idle",
    defect: "It is always idle: a store forgets it in the middle of a crash loop.",
    seenIn: `${WRITTEN}: \`idle\` of a composition`,
  },
  (policy) => ({ ...giveUp(policy), idle: () => true }),
);

export const readsAnything = exhibit(
  "coarse",
  {
    name: "coarse-reads-anything",
    defect: "It hands on what it reads, unread.",
    seenIn: `${WRITTEN}: \`parse\` of a composition`,
  },
  (policy, unitMs) => ({ ...coarse(policy, unitMs), parse: (raw) => raw }),
);
