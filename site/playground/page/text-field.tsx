// A field of text that does not write over what somebody is typing: what is typed stands until the field is left.

import { defineComponent, ref } from "vue";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly hint?: string;
  /** What holds if nothing is typed. */
  readonly otherwise?: string;
  readonly fault?: string | null;
  /** Many lines. */
  readonly rows?: number;
  readonly give: (text: string) => void;
}

export const TextField = defineComponent(
  (props: Props) => {
    const draft = ref<string | null>(null);
    const type = (event: Event) => {
      const { value } = event.currentTarget as HTMLInputElement;
      draft.value = value;
      props.give(value);
    };
    return () => {
      const { id, label, text, hint, otherwise, fault, rows } = props;
      const common = {
        id,
        value: draft.value ?? text,
        spellcheck: false,
        autocomplete: "off",
        placeholder: otherwise,
        title: hint,
        "aria-invalid": fault ? true : undefined,
        "aria-describedby": fault ? `${id}-fault` : undefined,
        onInput: type,
        onBlur: () => {
          draft.value = null;
        },
      } as const;
      return (
        <div class={rows === undefined ? "field" : "field wide"}>
          <label for={id}>{label}</label>
          {rows === undefined ? (
            <input type="text" {...common} />
          ) : (
            <textarea rows={rows} {...common} />
          )}
          {fault && (
            <p class="fault" id={`${id}-fault`}>
              {fault}
            </p>
          )}
        </div>
      );
    };
  },
  { props: ["id", "label", "text", "hint", "otherwise", "fault", "rows", "give"] },
);
