// For tinypool and piscina.

export { task as default } from "./tasks.mjs";
