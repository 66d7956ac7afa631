// A lane on a canvas: painted when something has happened, or time has gone on by a pixel.

import { useLayoutEffect, useRef } from "preact/hooks";
import { colorsVersion } from "./colors.ts";
import { drawLane } from "./draw-lane.ts";
import { keyOf, type Model } from "./model.ts";

export function LaneCanvas({ model, path, label }: { model: Model; path: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef("");
  useLayoutEffect(() => {
    const of = model.part?.head.of;
    if (!canvas.current || of === undefined) return;
    const { now } = model;
    const isDone = model.part?.rows.get(path)?.done ?? false;
    const lane = model.lanes.get(keyOf(of, path));
    const span = model.window.at(now);
    const width = canvas.current.clientWidth;
    const pixels = Math.floor(span[0] / ((span[1] - span[0]) / Math.max(1, width)));
    const state = [lane?.version, width, pixels, span[1] - span[0], colorsVersion(), isDone].join();
    if (state === painted.current) return;
    painted.current = state;
    drawLane(canvas.current, lane, span, now, isDone);
  });
  return <canvas ref={canvas} class="lane" role="img" aria-label={label} />;
}
