// How good somebody's tests are: they must pass on the healthy one of a family, and are graded by how
// many of the faulty ones they notice.

import { readArguments } from "@steadfast/policy";
import type { Exhibit, Families, Family } from "./exhibit.js";
import { healthy } from "./healthy.js";
import { museum } from "./museum.js";

/**
 * A test of a family: it makes what it tests with `make`, and throws or rejects where it is not content.
 * @since 0.1.0
 */
export type FamilyTest<F extends Family> = (make: Families[F]) => void | Promise<void>;

/**
 * How tests are graded.
 * @since 0.1.0
 */
export interface GradeOptions {
  /** How long a test may take on one exhibit, in milliseconds, 1 to 2^31-1: then it noticed, too. Default 10 000. */
  readonly timeoutMs?: number;
}

/**
 * How good a test is.
 * @since 0.1.0
 */
export interface Grade {
  /** What was tested. */
  readonly family: Family;
  /** What the test threw on the healthy one, which it should not have: it tells nothing then. Else null. */
  readonly falseAlarm: unknown;
  /** The exhibits on which it threw, with what it threw. */
  readonly caught: readonly { readonly name: string; readonly error: unknown }[];
  /** The exhibits that it took for healthy. */
  readonly missed: readonly Exhibit[];
  /** The share that was caught, from 0 to 1; 0 if there was a false alarm. */
  readonly share: number;
  /** The grade as a text: what was missed, and where that was seen. */
  readonly text: string;
}

/**
 * Grades a test of yours on the faulty ones of a family: what would it have missed?
 *
 * Effect: the test runs once on the healthy one and once on each faulty one, one after the other; the
 * only timer is the one that ends a test which does not end. Never throws for what the test throws.
 *
 * @since 0.1.0
 * @example
 * const grade = await gradeTests("window", (make) => {
 *   const window = make({ limit: 1, windowMs: 10 });
 *   const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 *   const [state] = window.step(window.initial(), request, 0);
 *   if (window.step(state, request, 9)[1].type !== "refuse") throw new Error("one too many");
 * });
 * grade.falseAlarm; // => null
 * grade.caught.map(({ name }) => name).includes("window-one-too-many"); // => true
 * grade.missed.map(({ name }) => name).includes("window-keeps-the-edge"); // => true
 */
export async function gradeTests<F extends Family>(
  family: F,
  test: FamilyTest<F>,
  { timeoutMs = 10_000 }: GradeOptions = {},
): Promise<Grade> {
  readArguments("gradeTests", arguments, 3);
  const alarm = await complaint(() => test(healthy[family]), timeoutMs);
  const caught: { name: string; error: unknown }[] = [];
  const missed: Exhibit[] = [];
  for (const exhibit of museum.filter((one) => one.family === family)) {
    const error = await complaint(() => test(exhibit.make as Families[F]), timeoutMs);
    if (error) caught.push({ name: exhibit.name, error: error.thrown });
    else missed.push(exhibit);
  }
  const share = alarm ? 0 : caught.length / (caught.length + missed.length);
  return {
    family,
    falseAlarm: alarm ? (alarm.thrown ?? "undefined was thrown") : null,
    caught,
    missed,
    share,
    text: [
      alarm
        ? `${family}: a false alarm on the healthy one`
        : `${family}: ${caught.length} of ${caught.length + missed.length} caught`,
      ...missed.map(({ name, defect, seenIn }) => `  missed ${name}: ${defect} (${seenIn})`),
    ].join("\n"),
  };
}

/** What a test throws, rejects with, or is cut short with; null if it is content. */
async function complaint(
  run: () => void | Promise<void>,
  timeoutMs: number,
): Promise<{ readonly thrown: unknown } | null> {
  let stop = () => {};
  const late = new Promise<{ readonly thrown: unknown }>((resolve) => {
    const error = new Error(`the test has not ended after ${timeoutMs} ms`);
    const timer = setTimeout(resolve, timeoutMs, { thrown: error });
    stop = () => clearTimeout(timer);
  });
  const ran = (async () => run())().then(
    () => null,
    (thrown: unknown) => ({ thrown }),
  );
  try {
    return await Promise.race([ran, late]);
  } finally {
    stop();
  }
}
