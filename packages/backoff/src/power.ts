// base to a whole power, exact wherever the exact result is a whole number that a double holds.
//
// A double is an odd number times a power of two. If the result is exact, every partial product of
// repeated squaring has a smaller odd part, so it is exact, too. An odd part other than 1 outgrows a
// double before the exponent reaches 34, and a power of two outgrows every cap before 64: beyond that
// the engine's own power is as good, and its error does not grow with the exponent.

const SQUARED_UP_TO = 64;

/** `base` >= 1 to the power of a whole `exponent` >= 0; Infinity where it overflows. */
export function power(base: number, exponent: number): number {
  if (exponent > SQUARED_UP_TO) return base ** exponent;
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}
