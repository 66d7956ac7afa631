/** Calls what a user gave us: what it throws is a rejection, too. */
export function callAsync<Answer>(call: () => Answer | PromiseLike<Answer>): Promise<Answer> {
  return new Promise((resolve) => resolve(call()));
}
