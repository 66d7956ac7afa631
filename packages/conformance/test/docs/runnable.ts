// A program of the documentation as JavaScript with its checks.

import { stripTypeScriptTypes } from "node:module";
import { withChecks } from "./claims.js";
import type { Program } from "./programs.js";

export interface Runnable {
  readonly code: string;
  readonly claims: number;
}

export function runnable({ page, text, typed }: Program): Runnable {
  try {
    const { text: checked, claims } = withChecks(text);
    return { code: typed ? stripTypeScriptTypes(checked) : checked, claims };
  } catch (error) {
    throw new Error(`${page}: ${(error as Error).message}`, { cause: error });
  }
}
