// Stories that many laws are about are made once: with one seed, every law draws the same ones.

import fc, { type Arbitrary, type Random } from "fast-check";

/** So far on the random source goes, however much the value has taken from a copy of it. */
const STRIDE = 97;

/**
 * The same values as `inner`, shrunk alike, each of them made once. What is drawn from the source behind it
 * is the same whether or not the value was there already.
 */
export function pooled<Value>(inner: Arbitrary<Value>): Arbitrary<Value> {
  return new Pooled(inner);
}

const word = (source: Random): number => source.nextInt(-(2 ** 31), 2 ** 31 - 1);

class Pooled<Value> extends fc.Arbitrary<Value> {
  readonly #inner: Arbitrary<Value>;
  readonly #made = new Map<string, ReturnType<Arbitrary<Value>["generate"]>>();

  constructor(inner: Arbitrary<Value>) {
    super();
    this.#inner = inner;
  }

  generate(source: Random, bias: number | undefined) {
    const copy = source.clone();
    const key = `${word(copy)} ${word(copy)} ${bias}`;
    const made = this.#made.get(key) ?? this.#inner.generate(source.clone(), bias);
    this.#made.set(key, made);
    for (let i = 0; i < STRIDE; i++) word(source);
    return made;
  }

  canShrinkWithoutContext(value: unknown): value is Value {
    return this.#inner.canShrinkWithoutContext(value);
  }

  shrink(value: Value, context: unknown) {
    return this.#inner.shrink(value, context);
  }
}
