// Lines on their way to whatever writes them. Nothing that it does gets out: a `write` that throws or
// rejects has lost its line, and one that returns a promise is given the next line when that has settled.
// Meanwhile so many lines are kept, and the others dropped. What was lost is said as soon as it can be.

const KEPT = 256;

export type Write = (line: string) => unknown;

/** Takes lines. Never throws, never waits. */
export function guardedOutput(write: Write, missing: (count: number) => string): Write {
  const kept: string[] = [];
  let lost = 0;
  let isBusy = false;

  /** Writes a line. If it fails, at once or later, so many lines are lost: it may stand for several. */
  function send(line: string, worth: number): void {
    try {
      const answer = write(line) as PromiseLike<unknown> | null | undefined;
      if (typeof answer?.then === "function") wait(answer, worth);
    } catch {
      lost += worth;
    }
  }

  function wait(answer: PromiseLike<unknown>, worth: number): void {
    isBusy = true;
    const settled = (count: number) => () => {
      isBusy = false;
      lost += count;
      drain();
    };
    Promise.resolve(answer).then(settled(0), settled(worth));
  }

  function drain(): void {
    while (!isBusy && kept.length > 0) {
      const count = lost;
      lost = 0;
      if (count > 0) send(missing(count), count);
      if (!isBusy) send(kept.shift() ?? "", 1);
    }
  }

  return (line) => {
    if (kept.length < KEPT) kept.push(line);
    else lost++;
    drain();
  };
}
