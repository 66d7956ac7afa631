// Lines on their way to whatever writes them. Nothing that it does gets out: a `write` that throws or
// rejects has lost its line, and one that returns a promise is given the next line when that has settled.
// Meanwhile so many lines are kept, and the others dropped. How many were lost is said after the next line
// that was written, when no other waits: an output that is broken is tried once per new line.

const KEPT = 256;

export type Write = (line: string) => unknown;

/** Takes lines. Never throws, never waits. */
export function guardedOutput(write: Write, missing: (count: number) => string): Write {
  const kept: string[] = [];
  let lost = 0;
  let isBusy = false;
  let works = true;

  /** Writes a line. If it fails, at once or later, so many lines are lost: it may stand for several. */
  function send(line: string, worth: number): void {
    try {
      const answer = write(line) as PromiseLike<unknown> | null | undefined;
      works = true;
      if (typeof answer?.then === "function") wait(answer, worth);
    } catch {
      failed(worth);
    }
  }

  function failed(worth: number): void {
    works = false;
    lost += worth;
  }

  function wait(answer: PromiseLike<unknown>, worth: number): void {
    isBusy = true;
    const settled = (isWritten: boolean) => () => {
      isBusy = false;
      if (!isWritten) failed(worth);
      drain();
    };
    Promise.resolve(answer).then(settled(true), settled(false));
  }

  function drain(): void {
    while (!isBusy) {
      const line = kept.shift();
      if (line !== undefined) send(line, 1);
      else if (lost > 0 && works) sayLost();
      else return;
    }
  }

  function sayLost(): void {
    const count = lost;
    lost = 0;
    send(missing(count), count);
  }

  return (line) => {
    if (kept.length < KEPT) kept.push(line);
    else lost++;
    drain();
  };
}
