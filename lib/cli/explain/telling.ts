// cli: where the answers of `topomatch explain` go, and how.

import type { TextStyle } from "../../explain.js";
import type { Output } from "../io.js";
import type { ExplainArguments } from "./arguments.js";

export type PaintText = (style: TextStyle, text: string) => string;

export interface Telling {
  readonly output: ExplainArguments["output"];
  readonly quiet: boolean;
  readonly paint: PaintText;
  readonly stdout: Output;
  readonly stderr: Output;
}
