// A random cluster in which many claims are restored from snapshots, whose contents say where they can be used.

import type { KubeObject } from "../conformance/build.js";
import { generateCluster } from "../reference/generator/generate.js";
import { Random } from "../reference/generator/random.js";
import { content, from, taken } from "./cases.js";

const NAMES = ["s0", "s1", "s2", "s3", "s4"];

export function restoringCluster(seed: number): KubeObject[] {
  const random = new Random(seed ^ 0x5a9);
  const claimKinds = { limited: 5, fixed: 5, provisioned: 80, bound: 10 };
  const { objects } = generateCluster(seed, { gates: 0, ephemeral: 0.2, claimKinds, nodes: 6, longNames: 0 });
  const pairs = objects.flatMap(({ kind, metadata }) =>
    kind === "Node" ? Object.entries((metadata as { labels?: Record<string, string> }).labels ?? {}) : [],
  );
  const expression = () => {
    const [key, value] = random.pick(pairs);
    const others = pairs.filter(([other]) => other === key && random.chance(0.3)).map(([, found]) => found);
    return random.chance(0.05) ? [key] : [key, value, ...others];
  };
  const places = () =>
    Array.from({ length: random.int(0, 2) }, () => Array.from({ length: random.int(0, 2) }, expression));
  const contents = NAMES.map((name) => content(name, random.chance(0.15) || pairs.length === 0 ? null : places()));
  const namespaces = [...new Set(objects.map(({ metadata }) => (metadata as { namespace?: string }).namespace))];
  const snapshots = namespaces.flatMap((namespace) =>
    NAMES.filter(() => random.chance(0.85)).map((name) =>
      taken(name, random.chance(0.1) ? null : random.pick(NAMES), namespace ?? "default"),
    ),
  );
  const restored = objects.map((object) => {
    if (object.kind !== "PersistentVolumeClaim" || random.chance(0.2)) return object;
    const odd = random.chance(0.1) ? { namespace: random.pick(["", "default", "elsewhere"]) } : {};
    const source = { [random.pick(["dataSource", "dataSourceRef"])]: from(random.pick(NAMES), odd) };
    return { ...object, spec: { ...(object.spec as object), ...source } };
  });
  return [...restored, ...snapshots, ...contents.filter(() => random.chance(0.9))] as KubeObject[];
}
