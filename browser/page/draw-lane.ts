// Paints the lane of one child: attempts as bars, failures as ticks, delays as lines, refusals as dashes with a mark.

import { theColors } from "./colors.ts";
import type { Lane, Piece } from "./lane.ts";

interface Scene {
  readonly pen: CanvasRenderingContext2D;
  readonly height: number;
  readonly x: (at: number) => number;
  readonly now: number;
}

/** Paints a canvas of so many CSS pixels for the span. `now` is where what goes on ends. */
export function drawLane(
  canvas: HTMLCanvasElement,
  lane: Lane | undefined,
  [from, to]: readonly [number, number],
  now: number,
  isDone: boolean,
): void {
  const ratio = Math.min(2, devicePixelRatio);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0) return;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const x = (at: number) => ((at - from) / (to - from)) * width;
  const scene = { pen, height, x, now };
  for (const piece of lane?.pieces ?? []) {
    // That a child is done is no refusal that anybody minds.
    if (isDone && piece.kind === "refused" && piece.to === null) continue;
    const end = piece.to ?? now;
    if (end >= from && piece.from <= to) paint(scene, piece);
  }
}

function paint({ pen, height, x, now }: Scene, piece: Piece): void {
  const { good, busy, bad, wait, idle } = theColors();
  const middle = height / 2;
  const left = x(piece.from);
  const right = Math.max(left + 1, x(piece.to ?? now));
  if (piece.kind === "attempt") {
    const ready =
      piece.readyAt === null ? right : Math.min(right, Math.max(left, x(piece.readyAt)));
    const tall = height * 0.5;
    pen.fillStyle = busy;
    pen.globalAlpha = 0.55;
    pen.fillRect(left, middle - tall / 2, ready - left, tall);
    pen.globalAlpha = 1;
    pen.fillStyle = good;
    if (piece.readyAt !== null) pen.fillRect(ready, middle - tall / 2, right - ready, tall);
    if (piece.end === null) return;
    pen.fillStyle = piece.end === "failed" ? bad : idle;
    pen.fillRect(right - 1.5, 2, 2.5, height - 4);
    return;
  }
  pen.strokeStyle = piece.kind === "delay" ? wait : bad;
  pen.lineWidth = 2;
  pen.setLineDash(piece.kind === "delay" ? [] : [3, 3]);
  pen.beginPath();
  pen.moveTo(left, middle);
  pen.lineTo(right, middle);
  pen.stroke();
  pen.setLineDash([]);
  if (piece.kind === "delay") return;
  pen.fillStyle = bad;
  pen.beginPath();
  pen.moveTo(left, middle - 4);
  pen.lineTo(left + 4, middle);
  pen.lineTo(left, middle + 4);
  pen.lineTo(left - 4, middle);
  pen.fill();
}
