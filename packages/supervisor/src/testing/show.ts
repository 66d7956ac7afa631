import { type Exit, exitRecord } from "@steadfast/policy";

/** In words, also what a child said that JSON cannot hold: it may say anything. */
export function show(what: unknown): string {
  const isExit = typeof what === "object" && what !== null && "kind" in what;
  try {
    return JSON.stringify(isExit ? exitRecord(what as Exit) : what) ?? "nothing";
  } catch {
    return "something that JSON cannot hold";
  }
}
