// A story, played on a tree in the virtual world.

import { apply } from "./apply-move.js";
import type { AnyTree, Chronicle } from "./chronicle.js";
import type { TreeStory } from "./story.js";
import { World } from "./world.js";

/** Plays a story on a tree. */
export const playStory = (tree: AnyTree, story: Omit<TreeStory, "design">): Chronicle =>
  new World(tree, story).play(apply);
