export {
  type FromProcessComposeOptions,
  fromProcessCompose,
} from "./process-compose/from-process-compose.js";
