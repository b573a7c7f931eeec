// explain: a volume -> the node selector of its affinity, as it was written.

import { VOLUME } from "../intern/cluster.js";
import { volumeAffinity } from "../intern/kinds.js";
import type { NodeSelectorLike } from "../objects/types.js";
import type { Examination } from "./examination.js";

/** Only this field is read: a volume has many others. */
export function requiredAffinity({ context: { cluster } }: Examination, volume: number): NodeSelectorLike | undefined {
  const { blocks, strings, volumes } = cluster;
  const block = volumes.get(volume, VOLUME.nodeAffinity);
  const affinity = block === 0 ? {} : volumeAffinity.read(blocks.cursor(block), strings);
  return (affinity as { readonly required?: NodeSelectorLike | null }).required ?? undefined;
}
