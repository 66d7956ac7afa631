// A button that gives an order. What ends something asks once more, in its place.

import type { Control, Order } from "./control.ts";

interface Given {
  readonly control: Control;
  readonly order: Order;
  readonly path: string | null;
  readonly label: string;
  readonly disabled?: boolean;
}

export function OrderButton({ control, order, path, label, disabled = false }: Given) {
  const isAsked = control.model.asking === `${order} ${path ?? ""}`;
  const give = () => void control.order(order, path);
  if (!isAsked) {
    return (
      <button type="button" class={`order ${order}`} disabled={disabled} onClick={give}>
        {label}
      </button>
    );
  }
  return (
    <span class="really">
      <button type="button" class="order danger" onClick={give}>
        {`Really ${label.toLowerCase()}`}
      </button>
      <button type="button" onClick={() => control.unask()}>
        Keep
      </button>
    </span>
  );
}
