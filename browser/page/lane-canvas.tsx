// A lane on a canvas: painted after each render, since time has gone on.

import { useLayoutEffect, useRef } from "preact/hooks";
import { drawLane } from "./draw-lane.ts";
import { keyOf, type Model } from "./model.ts";

export function LaneCanvas({ model, path, label }: { model: Model; path: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const of = model.part?.head.of;
    if (!canvas.current || of === undefined) return;
    const { now } = model;
    const isDone = model.part?.rows.get(path)?.done ?? false;
    drawLane(canvas.current, model.lanes.get(keyOf(of, path)), model.window.at(now), now, isDone);
  });
  return <canvas ref={canvas} class="lane" role="img" aria-label={label} />;
}
