import type { OptionsReader } from "@steadfast/policy";

/** A whole number from 0 to 2^53-1; null, which is also the default, stands for "no limit". */
export function optionalCount<Options>(
  read: OptionsReader<Options>,
  key: keyof Options & string,
): number | null {
  return read.raw(key) == null ? null : read.whole(key);
}
