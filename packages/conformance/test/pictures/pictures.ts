// All pictures of the pages, by the name of their file in docs/pictures. `pnpm pictures` writes them, and a test says
// whether they are what the code draws now.

import { curvesPicture } from "./curves.js";
import { edgesPicture } from "./edges.js";
import { groupRestartPicture } from "./group-restart.js";
import { oneRestartPicture } from "./one-restart.js";
import { packagesPicture } from "./packages.js";
import { sideBySidePicture } from "./side-by-side.js";

export const PICTURES: Readonly<Record<string, () => string | Promise<string>>> = {
  "all-of-in-turn": sideBySidePicture,
  curves: curvesPicture,
  edges: edgesPicture,
  "group-restart": groupRestartPicture,
  "one-restart": oneRestartPicture,
  packages: packagesPicture,
};
