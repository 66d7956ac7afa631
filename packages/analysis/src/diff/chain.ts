/** A list that grows at its end without being copied. */
export interface Chain<Value> {
  readonly last: Value;
  readonly before: Chain<Value> | null;
  readonly length: number;
}

export function added<Value>(before: Chain<Value> | null, last: Value): Chain<Value> {
  return { last, before, length: lengthOf(before) + 1 };
}

export function lengthOf(chain: Chain<unknown> | null): number {
  return chain?.length ?? 0;
}

/** Oldest first. */
export function listOf<Value>(chain: Chain<Value> | null): readonly Value[] {
  const list: Value[] = [];
  for (let at = chain; at !== null; at = at.before) list.push(at.last);
  return list.reverse();
}
