// What Stryker says of a package, as far as it matters here: how many mutants were noticed, and the rest.

export interface Report {
  /** By path from the folder of the package. */
  readonly files: Readonly<Record<string, ReportedFile>>;
}

interface ReportedFile {
  readonly source: string;
  readonly mutants: readonly ReportedMutant[];
}

interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ReportedMutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
  readonly status: string;
  readonly coveredBy?: readonly string[];
  readonly testsCompleted?: number;
}

/** A mutant that no test noticed. */
export interface Survivor {
  /** From `src/`. */
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

export interface Score {
  readonly mutants: number;
  readonly noticed: number;
  readonly survivors: readonly Survivor[];
  /** What makes the numbers worthless. */
  readonly faults: readonly string[];
}

// A `RuntimeError` is a file of tests that cannot even be collected with that mutant.
const NOTICED = ["Killed", "Timeout", "RuntimeError"];
const UNNOTICED = ["Survived", "NoCoverage"];

const LONGEST = 90;
const HEAD = 60;
const TAIL = 25;

/** Code on one line, its middle left out where it is long. */
function short(code: string): string {
  const line = code.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, HEAD)} ... ${line.slice(-TAIL)}`;
}

function between(source: string, start: Place, end: Place): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, i) => (i === last ? line.slice(0, end.column - 1) : line))
    .map((line, i) => (i === 0 ? line.slice(start.column - 1) : line))
    .join("\n");
}

function faultOf({ status, coveredBy = [], testsCompleted }: ReportedMutant): string | null {
  if (![...NOTICED, ...UNNOTICED].includes(status)) return `is ${status}`;
  const unseen = status === "Survived" && coveredBy.length > 0 && testsCompleted === 0;
  return unseen ? "was shown to none of the tests that reach it" : null;
}

/** What a report comes to. */
export function scoreOf(report: Report): Score {
  const all = Object.entries(report.files).flatMap(([path, { source, mutants }]) =>
    mutants.map((mutant) => ({ path, source, mutant })),
  );
  const survivors = all
    .filter(({ mutant }) => !NOTICED.includes(mutant.status))
    .map(({ path, source, mutant: { mutatorName, location, replacement = "" } }) => ({
      file: path.replace(/^src\//, ""),
      line: location.start.line,
      mutator: mutatorName,
      original: short(between(source, location.start, location.end)),
      replacement: short(replacement),
    }))
    .sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
  const faults = all.flatMap(({ path, mutant }) => {
    const fault = faultOf(mutant);
    return fault === null ? [] : [`${path}:${mutant.location.start.line}: a mutant ${fault}`];
  });
  const mutants = all.length;
  return { mutants, noticed: mutants - survivors.length, survivors, faults };
}

/** The report without the mutants that nobody noticed: what is taken over from it is what was noticed. */
export function noticedIn(report: Report): Report {
  const files = Object.entries(report.files).map(([path, file]) => {
    const mutants = file.mutants.filter(({ status }) => NOTICED.includes(status));
    return [path, { ...file, mutants }] as const;
  });
  return { ...report, files: Object.fromEntries(files) };
}

/** Of a hundred mutants, how many were noticed, rounded down to a tenth. */
export function percent({ mutants, noticed }: Score): number {
  return mutants === 0 ? 0 : Math.floor((1_000 * noticed) / mutants) / 10;
}
