// controllers: how a refusal of the provisioner is written down.

import type { Refusal, RefusalState } from "./types.js";

const refused =
  (state: RefusalState) =>
  (rule: string, reason: string): Refusal => ({ state, reason, rule });

export const finished = refused("Finished");
export const noChange = refused("NoChange");
export const inBackground = refused("InBackground");
export const reschedule = refused("Reschedule");
export const ignored = refused("Ignored");
export const notAttempted = refused("NotAttempted");
