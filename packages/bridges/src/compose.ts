export { type FromComposeOptions, fromCompose } from "./compose/from-compose.js";
export {
  type ComposeFile,
  type ComposeService,
  type ToDockerComposeOptions,
  toDockerCompose,
} from "./compose/to-docker-compose.js";
