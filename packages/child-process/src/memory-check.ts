// How much memory a child's group has, looked at from outside: the sum of what its processes have in memory. Only
// Linux tells without another program.

import { readFileSync } from "node:fs";
import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import type { ProbeCheck } from "@steadfast/supervisor";
import { isExhausted, withReserve } from "./descriptor-reserve.js";
import { processTable } from "./process-table.js";

/**
 * Looks at the memory of a child and its group: `probe: { check: memoryCheck(500_000_000) }`.
 *
 * Decides: well while the resident memory (RSS) of all living processes of the group that the child leads is at most
 * `maxBytes`; of the child alone where it leads none. Whole bytes, from 1 to 2^53-1, the limit included. Memory that
 * processes share is counted for each of them. A child that is gone is well: its exit says the rest. Period and how many
 * failures in a row count are the probe's: a peak between two looks is not seen. Effect: reads `/proc`, once for all
 * who ask in one turn. Errors: `PolicyOptionsError` for a bad limit, and on any platform other than Linux; a `/proc`
 * that cannot be read now counts as not well.
 * Source: VmRSS of proc_pid_status(5); pm2's `max_memory_restart`, which asks about the process alone.
 *
 * @since 0.1.0
 * @example
 * const check = memoryCheck(500_000_000);
 * typeof check; // => "function"
 */
export function memoryCheck(
  maxBytes: number,
  platform: NodeJS.Platform = process.platform,
): ProbeCheck {
  readArguments("memoryCheck", arguments, 2);
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new PolicyOptionsError("memoryCheck", "maxBytes", "whole, from 1 to 2^53-1", maxBytes);
  }
  if (platform !== "linux") {
    const allowed = "linux: nowhere else can the memory of a group be read";
    throw new PolicyOptionsError("memoryCheck", "platform", allowed, platform);
  }
  return async ({ pid }) => pid === null || (await groupMemory(pid)) <= maxBytes;
}

/** The resident memory of a group in bytes; of the process alone where it leads none. */
async function groupMemory(pid: number): Promise<number> {
  const group = (await processTable())?.get(pid) ?? [];
  const pids = group.length > 0 ? group.map((line) => line.pid) : [pid];
  return pids.reduce((sum, one) => sum + residentBytes(one), 0);
}

/** 0 for one that is gone, and for a zombie, which has none. */
function residentBytes(pid: number): number {
  try {
    const status = withReserve(() => readFileSync(`/proc/${pid}/status`, "latin1"));
    const [, kib = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return Number(kib) * 1_024;
  } catch (error) {
    if (isExhausted(error)) throw error;
    return 0;
  }
}
