import { render } from "preact";
import { App } from "./app.tsx";
import { onColors } from "./colors.ts";
import { Control } from "./control.ts";
import { Frame } from "./frame.ts";
import { Model } from "./model.ts";
import { Server } from "./server.ts";
import { readStream } from "./stream.ts";
import "./style.css";
import type { Change, Snapshot } from "../../packages/dashboard/src/wire.ts";
import { takeToken } from "./token.ts";

const place = document.getElementById("page") as HTMLElement;
const model = new Model();
const server = new Server(takeToken());
const frame = new Frame(() => {
  document.title = model.title;
  render(<App control={control} />, place);
});
const control = new Control(model, server, frame);

/** Keys that are the page's, unless somebody writes. */
addEventListener("keydown", (event) => {
  const isWriting = event.target instanceof Element && event.target.matches("input, textarea");
  if (event.key === "Escape" && model.selected !== null) {
    control.select(null);
    document.querySelector<HTMLElement>('[role="treegrid"]')?.focus();
  }
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "-")
    model.window.zoom(event.key === "+" ? 0.5 : 2, model.now);
  else if (event.key === "0") model.window.live();
  else if (event.key === "/") document.getElementById("find")?.focus();
  else return;
  event.preventDefault();
  control.changed();
});

onColors(control.changed);
control.start();
frame.ask();

void readStream(
  server,
  {
    message(name, data) {
      if (name === "snapshot") model.snapshot(JSON.parse(data) as Snapshot);
      else model.change(JSON.parse(data) as Change);
      if (name === "snapshot") void control.look();
      control.changed();
    },
    connection(state, why) {
      if (state === model.connection) return;
      model.connection = state;
      model.trouble = state === "live" ? "" : why;
      control.changed();
    },
  },
  new AbortController().signal,
);
