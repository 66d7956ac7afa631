// What is wrong with how the program was called, or with a file that it was given: a sentence for a person, with the
// place. It ends the program with code 2.

const WRONG_USE = 2;

export interface Place {
  /** As the person named it. */
  readonly file: string;
  /** 1-based; left out where it is about the whole file. */
  readonly line?: number;
  readonly column?: number;
}

export class CliError extends Error {
  readonly code = "ERR_CLI";
  readonly exitCode: number;

  constructor(message: string, place: Place | null = null, exitCode = WRONG_USE) {
    super(place === null ? message : `${placeWords(place)}: ${message}`);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}

/** `steadfast.yaml:3:5`, which editors and terminals make a link of. */
function placeWords({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
