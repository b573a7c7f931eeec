// What filters share, over no objects: for tests of single modules.

import { Context } from "../../lib/evaluate/context.js";
import { createJavascriptEngine } from "../../lib/evaluate/javascript.js";
import { Memory } from "../../lib/evaluate/memory.js";
import { Blocks } from "../../lib/intern/blocks.js";
import { Cluster } from "../../lib/intern/cluster.js";

export function emptyContext(): Context {
  const engine = createJavascriptEngine();
  return new Context(new Cluster(new Blocks()), new Memory(engine), engine.kernels, { minor: 37, gates: new Map() });
}

/** Puts a node in; rows have room for it already. */
export function addNode({ cluster, masks }: Context, name: string, labels: Record<string, string> = {}): number {
  const node = cluster.nodes.upsert({ metadata: { name, labels } });
  masks.setBit(masks.all, node, true);
  return node;
}

/** Puts in a volume that the nodes with these labels reach; gives the selector of its affinity. */
export function selectorOf(context: Context, name: string, ...terms: readonly object[]): number {
  const nodeSelectorTerms = terms.map((term) => ({ matchExpressions: [term] }));
  const spec = { nodeAffinity: { required: { nodeSelectorTerms } } };
  return context.affinityOf(context.cluster.volumes.upsert({ metadata: { name }, spec }));
}
