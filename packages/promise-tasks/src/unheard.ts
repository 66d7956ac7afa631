// A promise where an answer is due at once is no answer, of whatever realm; and nobody but us could hear that it
// rejects, which would end the host.

export function unheard(answer: unknown): void {
  try {
    (answer as PromiseLike<unknown>).then(nobody, nobody);
  } catch {
    // It is none.
  }
}

const nobody = () => {};
