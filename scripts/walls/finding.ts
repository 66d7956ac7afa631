// What a wall reports.

export interface Finding {
  /** Path from the root of the repository. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** `packages/backoff/src/index.ts:3 purity: ...`, which terminals and editors can follow. */
export function show({ file, line, rule, message }: Finding): string {
  return `${file}:${line} ${rule}: ${message}`;
}
