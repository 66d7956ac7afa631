// The error that a check throws: the laws that failed first, each with its story and a test to paste. One
// exception that many laws met is shown once, with its stack. What held is named in the end.

import { LawsBrokenError } from "./errors.js";
import { failureLine, type LawReport } from "./report.js";
import { type LawFailed, NOT_ASKED_FOR } from "./result.js";

/** How a failure is repeated by hand: the call that a user pastes into a test. */
export type Paste = (failure: LawFailed) => string;

/** The report, if no law failed. Throws a `LawsBrokenError` that tells all that failed. */
export function unbroken(report: LawReport, paste: Paste): LawReport {
  const failures = report.results.filter((result) => result.verdict === "failed");
  if (failures.length === 0) return report;
  const groups = grouped(failures);
  throw new LawsBrokenError(
    report,
    [
      [summary(report, failures.length), ...groups.map(headline)].join("\n"),
      ...groups.map((group) => detail(group, paste)),
      ...rest(report),
    ].join("\n\n"),
  );
}

/** Failures with one and the same exception are one. */
function grouped(failures: readonly LawFailed[]): readonly (readonly LawFailed[])[] {
  const groups = new Map<unknown, LawFailed[]>();
  for (const failure of failures) {
    const { exception } = failure;
    const key = exception ? `${exception.text} ${exception.at}` : failure;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()];
}

function summary({ subject, passed, notRun }: LawReport, failed: number): string {
  const left = Object.keys(notRun).length;
  return `${subject}: ${failed} broken, ${passed.length} held, ${left} not run`;
}

function headline(group: readonly LawFailed[]): string {
  const [first] = group as readonly [LawFailed];
  if (group.length === 1) return failureLine(first);
  return `  FAILED   ${group.length} laws: it threw ${first.exception?.text.split("\n", 1)[0]}`;
}

function detail(group: readonly LawFailed[], paste: Paste): string {
  const [failure] = group as readonly [LawFailed];
  const { exception, table, replay } = failure;
  const head = [
    group.length === 1
      ? `${failure.law}: ${failure.says}`
      : `${group.map(({ law }) => law).join(", ")}: the first of them by this story`,
    ...(exception ? thrownLines(failure, exception) : [failure.why]),
  ].join("\n");
  if (table === "") return head;
  const place = replay && JSON.stringify({ law: failure.law, ...replay });
  const again = place
    ? `Again, at once: replay: ${place}. As a test that stays:`
    : "Again, as a test:";
  return [head, table, again, paste(failure)].join("\n\n");
}

function thrownLines(
  { why }: LawFailed,
  { text, at, stack }: NonNullable<LawFailed["exception"]>,
): readonly string[] {
  const place = at === null ? "" : `, at ${at}`;
  const first = why.split("\n", 1)[0] ?? "";
  const line = /^at #\d+|^row \d+/.exec(first);
  const where = line ? `${line[0]}: ` : "";
  return [`${where}it threw ${text}${place}`, ...stack.map((frame) => `    ${frame}`)];
}

/** What held and what was not run, in a line each. */
function rest({ passed, results }: LawReport): readonly string[] {
  const notRun = results.flatMap((one) =>
    one.verdict === "not-run" && one.reason !== NOT_ASKED_FOR ? [`${one.law} (${one.reason})`] : [],
  );
  return [
    ...(passed.length > 0 ? [`Held: ${passed.join(", ")}`] : []),
    ...(notRun.length > 0 ? [`Not run: ${notRun.join(", ")}`] : []),
  ];
}
