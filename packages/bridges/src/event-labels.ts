// The values of labels, so many and no more: each one is a series of its own that a monitor keeps for weeks.

/** What stands for all that there are too many of. */
export const OTHER = "other";

/** How many reasons have a label. */
const MAX_REASONS = 30;
const STABLE_CODE = /^[a-z][a-z0-9-]{0,39}$/;

type Label = (value: string) => string;

function atMost(max: number, allows: (value: string) => boolean = () => true): Label {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= max || !allows(value)) return OTHER;
    known.add(value);
    return value;
  };
}

/** Names of children: the first so many that are heard of. */
export const childLabels = (max: number): Label => atMost(max);

/** Reasons of refusals: the first 30 that look like a stable code, such as `window-full`. */
export const reasonLabels = (): Label => atMost(MAX_REASONS, (code) => STABLE_CODE.test(code));
