// cli: colours, where the terminal wants them.

import * as util from "node:util";
import type { ColorChoice } from "./arguments.js";
import type { Io, OutputStream } from "./io.js";

export type Paint = (style: "bold" | "dim" | "red" | "green", text: string) => string;

/** What was chosen decides; where nothing was, NO_COLOR and FORCE_COLOR do before the terminal does. */
export function paintFor(stream: OutputStream, env: Io["env"], choice: ColorChoice): Paint {
  const wanted = choice === "auto" ? wantsColour(stream, env) : choice === "always";
  // Node 20.0 to 20.11 have no styleText.
  if (!wanted || typeof util.styleText !== "function") return (_, text) => text;
  return (style, text) => util.styleText(style, text, { validateStream: false });
}

function wantsColour(stream: OutputStream, { FORCE_COLOR, NO_COLOR, TERM }: Io["env"]): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
