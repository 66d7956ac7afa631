// VitePress's own theme with the fonts of the system, what the pages of this repository need beside it, and the playground, which
// only its own page loads, and only a browser runs.

import type { Theme } from "vitepress";
import theme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import "./style.css";

export default {
  extends: theme,
  enhanceApp({ app }) {
    app.component(
      "Playground",
      defineAsyncComponent(() => import("../../playground/page/playground.tsx")),
    );
  },
} satisfies Theme;
