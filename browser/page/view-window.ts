// The span of time that the timelines show: the last minutes, which go along with the clock, or a span that stands still.

export const SPANS = [10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];

export class ViewWindow {
  spanMs = 60_000;
  /** Null while it goes along with the clock. */
  until: number | null = null;

  get isLive(): boolean {
    return this.until === null;
  }

  at(now: number): readonly [from: number, to: number] {
    const to = this.until ?? now;
    return [to - this.spanMs, to];
  }

  /** Half or twice the span, about the middle; about the present while it goes along. */
  zoom(factor: number, now: number): void {
    const [from, to] = this.at(now);
    const spanMs = Math.min(SPANS.at(-1) ?? 0, Math.max(1_000, this.spanMs * factor));
    if (!this.isLive) this.until = Math.min(now, (from + to) / 2 + spanMs / 2);
    this.spanMs = spanMs;
  }

  /** Back by a part of the span, or forth; forth beyond the present goes along with it again. */
  pan(part: number, now: number): void {
    const until = (this.until ?? now) + part * this.spanMs;
    this.until = until >= now ? null : until;
  }

  show(from: number, to: number): void {
    this.spanMs = Math.max(1_000, to - from);
    this.until = to;
  }

  live(): void {
    this.until = null;
  }
}
