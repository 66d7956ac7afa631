// VitePress's own theme with the fonts of the system, and what the pages of this repository need beside it.

import theme from "vitepress/theme-without-fonts";
import "./style.css";

export default theme;
