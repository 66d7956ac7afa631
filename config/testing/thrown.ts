// What a call that must not succeed throws, if it is of the right kind.

/** The error that `act` throws. @throws what it throws of another kind, and an error if it throws nothing. */
export function thrown<Kind>(isOne: (error: unknown) => error is Kind, act: () => unknown): Kind {
  try {
    act();
  } catch (error) {
    if (isOne(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
