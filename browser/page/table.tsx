// The children as a tree of lines, of which only those in sight are in the page: five thousand cost as much as forty.

import { Component, createRef } from "preact";
import type { Control } from "./control.ts";
import { parentOf } from "./part.ts";
import { TableRow } from "./table-row.tsx";

export const ROW_HEIGHT = 30;
/** Lines beyond the edge, so that scrolling does not show an empty one. */
const BEYOND = 6;

const COLUMNS = ["Child", "State", "Timeline", "Attempts", "Failures", "Budget left", "Next"];

export class Table extends Component<{ control: Control }> {
  readonly #scroller = createRef<HTMLDivElement>();
  #top = 0;
  #height = 0;
  #sizes: ResizeObserver | null = null;

  override componentDidMount(): void {
    const scroller = this.#scroller.current;
    if (!scroller) return;
    this.#sizes = new ResizeObserver(() => {
      this.#height = scroller.clientHeight;
      this.props.control.changed();
    });
    this.#sizes.observe(scroller);
  }

  override componentWillUnmount(): void {
    this.#sizes?.disconnect();
  }

  readonly #onScroll = (event: Event): void => {
    this.#top = (event.currentTarget as HTMLElement).scrollTop;
    this.props.control.changed();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { control } = this.props;
    const { model } = control;
    const paths = model.visible();
    const at = model.selected === null ? -1 : paths.indexOf(model.selected);
    const page = Math.max(1, Math.floor(this.#height / ROW_HEIGHT) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: paths.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) this.#go(paths, to);
    else if (event.key === "Enter" && at >= 0) document.getElementById("child")?.focus();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.#open(event.key);
    else return;
    event.preventDefault();
  };

  #go(paths: readonly string[], to: number): void {
    const at = Math.min(paths.length - 1, Math.max(0, to));
    const path = paths[at];
    if (path === undefined) return;
    this.#bringIntoSight(at);
    this.props.control.select(path);
  }

  #bringIntoSight(at: number): void {
    const scroller = this.#scroller.current;
    if (!scroller) return;
    const top = at * ROW_HEIGHT;
    const { scrollTop, clientHeight } = scroller;
    if (top < scrollTop) scroller.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) {
      scroller.scrollTop = top + ROW_HEIGHT - clientHeight;
    }
  }

  /** As in every tree: right opens, left closes, or goes to the one that it is in. */
  #open(key: "ArrowRight" | "ArrowLeft"): void {
    const { control } = this.props;
    const { part, selected } = control.model;
    if (!part || selected === null) return;
    const isOpen = part.isTree(selected) && !part.collapsed.has(selected);
    if (key === "ArrowRight" ? part.isTree(selected) && !isOpen : isOpen) part.toggle(selected);
    else if (key === "ArrowLeft" && parentOf(selected) !== "") control.select(parentOf(selected));
    control.changed();
  }

  override render() {
    const { control } = this.props;
    const { model } = control;
    const paths = model.visible();
    const first = Math.max(0, Math.floor(this.#top / ROW_HEIGHT) - BEYOND);
    const last = Math.min(
      paths.length,
      Math.ceil((this.#top + this.#height) / ROW_HEIGHT) + BEYOND,
    );
    const shown = paths.slice(first, last);
    control.inSight = shown;
    const selected = model.selected === null ? -1 : paths.indexOf(model.selected);
    const isInSight = selected >= first && selected < last;
    return (
      <div
        class="table"
        role="treegrid"
        aria-label="Children"
        aria-rowcount={paths.length + 1}
        aria-activedescendant={isInSight ? `row-${selected}` : undefined}
        tabIndex={0}
        onKeyDown={this.#onKey}
      >
        <div class="line head" role="row" aria-rowindex={1}>
          {COLUMNS.map((name) => (
            <span key={name} role="columnheader" class={`cell ${columnClass(name)}`}>
              {name}
            </span>
          ))}
        </div>
        <div class="scroller" role="rowgroup" ref={this.#scroller} onScroll={this.#onScroll}>
          <div class="all" role="presentation" style={{ height: `${paths.length * ROW_HEIGHT}px` }}>
            {shown.map((path, i) => (
              <TableRow key={path} control={control} path={path} at={first + i} />
            ))}
          </div>
        </div>
        {paths.length === 0 && <p class="empty">No child is to be shown.</p>}
      </div>
    );
  }
}

const columnClass = (name: string): string => name.toLowerCase().replace(/ .*/, "");
