// cli: colours, where the terminal wants them.

import * as util from "node:util";
import type { Io, OutputStream } from "./io.js";

export type Paint = (style: "bold" | "dim" | "red" | "green", text: string) => string;

/** NO_COLOR and FORCE_COLOR decide before the terminal does. */
export function paintFor(stream: OutputStream, env: Io["env"]): Paint {
  // Node 20.0 to 20.11 have no styleText.
  if (!wantsColour(stream, env) || typeof util.styleText !== "function") return (_, text) => text;
  return (style, text) => util.styleText(style, text, { validateStream: false });
}

function wantsColour(stream: OutputStream, { FORCE_COLOR, NO_COLOR, TERM }: Io["env"]): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
