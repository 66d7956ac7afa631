// Where the output of a child goes: the options. They are checked in `read-output.ts`.

import type { LaunchInfo } from "@steadfast/supervisor";

/**
 * A stream of output.
 * @since 0.1.0
 */
export type OutputName = "stdout" | "stderr";

/**
 * Where a stream of output goes. `inherit`: to the host's stream of that name. `ignore`: nowhere. Else to
 * all that are named, and nowhere besides.
 * @since 0.1.0
 */
export type OutputTarget = "inherit" | "ignore" | OutputSinks;

/**
 * What a stream of output is given to; at least one.
 * @since 0.1.0
 */
export interface OutputSinks {
  /**
   * Takes every line as it is complete, after `redact`; of a line of more than 65 536 characters the end.
   * What it throws or rejects goes to `onFault`, once per attempt. Default: nobody takes lines.
   */
  readonly line?: (line: string, source: LineSource) => void;
  /**
   * To the host's stream of that name, each line, after `redact`, behind a label: the child's `id`, or a text
   * without line ends. In colour where that stream is a terminal; FORCE_COLOR and NO_COLOR are heard.
   * Default: nothing is passed on.
   */
  readonly prefix?: true | string;
  /** Appended to a file, byte by byte: its path, or more. Default: there is none. */
  readonly file?: string | OutputFile;
}

/**
 * A file for output.
 * @since 0.1.0
 */
export interface OutputFile {
  /** Its path, or a function that makes one for each attempt. The folder must be there. */
  readonly path: string | ((info: LaunchInfo) => string);
  /**
   * How large it may become, in bytes, from 1 to 2^53-1; the next byte goes into a new file. Cut at a line
   * end, unless a line is longer than a file. Default: it grows without limit.
   */
  readonly maxBytes?: number;
  /** How many old files are kept, as `path.1` (the newest), `path.2`, ..., from 0 to 1 000. Default 5. Only with `maxBytes`. */
  readonly keep?: number;
}

/**
 * Where a line comes from. Of a standby that waits, `attempt` and `generation` are 0.
 * @since 0.1.0
 */
export interface LineSource extends Pick<LaunchInfo, "id" | "attempt" | "generation"> {
  /** Which stream it was written to. */
  readonly stream: OutputName;
}

/**
 * Where the output of a child goes.
 * @since 0.1.0
 */
export interface OutputOptions {
  /** Where its stdout goes. Default `inherit`. */
  readonly stdout?: OutputTarget;
  /** Where its stderr goes. The tail is kept either way. Default `inherit`. */
  readonly stderr?: OutputTarget;
}

/**
 * Where the output of a factory's child goes, as far as it comes through pipes that nobody else reads.
 * @since 0.1.0
 */
export interface FactoryOutputOptions {
  /** What its stdout is given to besides. Default: nothing. */
  readonly stdout?: OutputSinks;
  /** What its stderr is given to besides. Default: nothing. */
  readonly stderr?: OutputSinks;
}
