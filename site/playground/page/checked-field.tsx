// A field whose text is read at once: what it says to be wrong with it stands below it, and nothing is changed by it.

import { defineComponent, ref } from "vue";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly hint?: string;
  readonly otherwise?: string;
  /** Takes the text, or throws what is wrong with it. */
  readonly take: (text: string) => void;
}

export const CheckedField = defineComponent(
  (props: Props) => {
    const fault = ref<string | null>(null);
    const give = (text: string) => {
      try {
        props.take(text.trim());
        fault.value = null;
      } catch (error) {
        fault.value = (error as Error).message;
      }
    };
    return () => (
      <TextField
        id={props.id}
        label={props.label}
        text={props.text}
        {...(props.hint !== undefined && { hint: props.hint })}
        {...(props.otherwise !== undefined && { otherwise: props.otherwise })}
        fault={fault.value}
        give={give}
      />
    );
  },
  { props: ["id", "label", "text", "hint", "otherwise", "take"] },
);
