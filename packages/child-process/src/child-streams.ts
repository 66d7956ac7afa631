// The streams between a child and this process, read with their gaps: a child whose spawn failed may
// have none, and a type that says otherwise.

import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** A stream; those of a process can be let go of. */
type Stream = (Readable | Writable) & { unref?(): void };

/** Those that are there. */
export function streamsOf({ stdio }: ChildProcess): Stream[] {
  const all: readonly (Stream | null | undefined)[] | undefined = stdio;
  return all?.filter((stream) => !!stream) ?? [];
}

/** Keeps this process alive no longer for the child's sake. */
export function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of streamsOf(child)) stream.unref?.();
}
