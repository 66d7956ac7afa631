// Stores that take two keys for one.

import { type KeyedDecision, type KeyedEvent, keyed, type Policy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

const WRITTEN = "written to try the kit";

/** `keyed` that sees another key. */
function seeing(sign: Sign, seen: (key: string) => string): ExhibitOf<"keyed"> {
  return exhibit("keyed", sign, (policy, options) => {
    const healthy: Policy<unknown, KeyedEvent, KeyedDecision> = keyed(policy, options);
    return {
      ...healthy,
      step: (state, { key, event }, now) => healthy.step(state, { key: seen(key), event }, now),
    };
  });
}

export const cutsLongKeys = seeing(
  {
    name: "keyed-cuts-long-keys",
    defect: "A key is cut to 64 characters: services below one path share a limit.",
    seenIn: `${WRITTEN}: long keys that are alike`,
  },
  (key) => key.slice(0, 64),
);

export const hashesTheEnd = seeing(
  {
    name: "keyed-looks-at-the-end",
    defect: "Of a long key it looks at the end only.",
    seenIn: `${WRITTEN}: long keys that are alike`,
  },
  (key) => key.slice(-64),
);

export const trimsKeys = seeing(
  {
    name: "keyed-trims-keys",
    defect: 'It trims its keys: "a" and "a " are one.',
    seenIn: `${WRITTEN}: keys that are alike`,
  },
  (key) => key.trim(),
);

export const numericKeys = seeing(
  {
    name: "keyed-numbers-are-one",
    defect: 'What looks like a number becomes one: "1", "01" and "1.0" are one key.',
    seenIn: `${WRITTEN}: keys that are alike`,
  },
  (key) => (key.trim() !== "" && Number.isFinite(Number(key)) ? `${Number(key)}` : key),
);

export const caseless = seeing(
  {
    name: "keyed-without-case",
    defect: 'It writes its keys small: "A" and "a" are one.',
    seenIn: `${WRITTEN}: keys that are alike`,
  },
  (key) => key.toLowerCase(),
);

export const believesInstants = exhibit(
  "keyed",
  {
    name: "keyed-parses-without-now",
    defect: "It reads its keys without the time: a clock that was ahead locks them all up.",
    seenIn: `${WRITTEN}: \`parse\` with \`now\``,
  },
  (policy, options) => {
    const healthy = keyed(policy, options);
    return { ...healthy, parse: (raw) => healthy.parse(raw, Number.MAX_SAFE_INTEGER) };
  },
);
