/** A value that throws whatever is done to it. */
export function hostile(): object {
  const trap = () => {
    throw new Error("trapped");
  };
  return new Proxy(
    {},
    { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap },
  );
}
