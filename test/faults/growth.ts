// Many objects come one by one, so that every table, column and row grows, while one allocation fails. Whoever is
// refused tries again; in the end the matcher answers as one to which nothing has happened.

import type { TopologyMatcher } from "../../lib/index.js";
import { TopologyError } from "../../lib/index.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "../support/load.js";
import { setOf } from "../support/load.js";
import { withFailure } from "./allocations.js";
import type { Result } from "./faults.js";
import { differs } from "./faults.js";

const NODES = 700;
const SOME = 1100;

const written = (object: KubeObject & { readonly [field: string]: unknown }): KubeObject => object;
const inZone = (zone: number): object => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: [`z${zone}`] }] }] },
});
const host = (name: string): object => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "host", operator: "In", values: [name] }] }] },
});

const LABELS = (i: number): object => ({
  host: `n${i}`,
  zone: `z${i % 3}`,
  rack: `r${i % 50}`,
  few: i < 9 ? "y" : "n",
});

/** Nodes, then volumes and claims, then nodes again with other labels, and some that go. */
function* steps(): Iterable<(matcher: TopologyMatcher) => void> {
  const put = (object: KubeObject) => (matcher: TopologyMatcher) => void setOf(matcher, object.kind).upsert(object);
  const ask = (pod: string) => (matcher: TopologyMatcher) => void matcher.evaluatePod(`a/${pod}`).toReport();
  yield put(
    written({
      kind: "StorageClass",
      metadata: { name: "local" },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "WaitForFirstConsumer",
    }),
  );
  const claims = ["bound", "zoned", "waits"];
  for (const name of claims) {
    const bound = name !== "waits";
    const annotations = bound ? { "pv.kubernetes.io/bind-completed": "yes" } : {};
    yield put(
      written({
        kind: "PersistentVolumeClaim",
        metadata: { name, namespace: "a", annotations },
        spec: {
          storageClassName: "local",
          volumeName: bound ? `pv-${name}` : undefined,
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: "5Gi" } },
        },
      }),
    );
    yield put(
      written({
        kind: "Pod",
        metadata: { name, namespace: "a" },
        spec: { volumes: [{ persistentVolumeClaim: { claimName: name } }] },
      }),
    );
  }
  yield put(written({ kind: "PersistentVolume", metadata: { name: "pv-bound" }, spec: { nodeAffinity: inZone(1) } }));
  yield put(written({ kind: "PersistentVolume", metadata: { name: "pv-zoned" }, spec: { nodeAffinity: host("n3") } }));
  for (let i = 0; i < NODES; i++) {
    yield put(written({ kind: "Node", metadata: { name: `n${i}`, labels: LABELS(i) as Record<string, string> } }));
    if (i % 100 === 50) for (const name of claims) yield ask(name);
  }
  for (let i = 0; i < SOME; i++) {
    yield put(
      written({
        kind: "PersistentVolume",
        metadata: { name: `local-${i}` },
        spec: {
          storageClassName: "local",
          capacity: { storage: `${1 + (i % 9)}Gi` },
          accessModes: ["ReadWriteOnce"],
          nodeAffinity: host(`n${i % NODES}`),
        },
        status: { phase: "Available" },
      }),
    );
    if (i % 250 === 100) for (const name of claims) yield ask(name);
  }
  for (let i = 0; i < SOME; i++) {
    yield put(
      written({
        kind: "Pod",
        metadata: { name: `p${i}`, namespace: "a" },
        spec: {
          nodeName: `n${i % NODES}`,
          volumes: i % 20 === 0 ? [{ persistentVolumeClaim: { claimName: "bound" } }] : [],
        },
      }),
    );
  }
  for (const name of claims) yield ask(name);
  for (let i = 0; i < 60; i++) {
    yield put(
      written({
        kind: "Node",
        metadata: { name: `n${i}`, labels: { ...LABELS(i + 1), few: "y" } as Record<string, string> },
      }),
    );
  }
  for (let i = 100; i < 140; i++) yield (matcher) => void matcher.nodes.delete(`n${i}`);
  yield (matcher) => matcher.trim();
}

function answersOf(matcher: TopologyMatcher): string[] {
  const said = ["a/bound", "a/zoned", "a/waits"].map((key) => JSON.stringify(matcher.evaluatePod(key).toReport()));
  const keys = [...matcher.pods.keys()].sort();
  const counts = new Uint32Array(keys.length);
  matcher.countFeasible(
    Uint32Array.from(keys, (key) => matcher.podId(key)),
    counts,
  );
  return [
    ...said,
    counts.join(),
    [...matcher.nodes.keys()].sort().join(),
    [...matcher.persistentVolumes.keys()].sort().join(),
  ];
}

export interface Growth {
  readonly create: () => TopologyMatcher;
  /** Of all failures, so many are tried. */
  readonly share: number;
  readonly seed: number;
}

export function tryGrowth({ create, seed, share }: Growth): Result {
  const random = new Random(seed);
  const all = [...steps()];
  const fresh = create();
  let allocations = 0;
  for (const step of all) allocations += withFailure(Number.POSITIVE_INFINITY, false, () => step(fresh)).allocations;
  const expected = answersOf(fresh);
  const result: Result = { works: all.length, failures: 0, thrown: 0, wrong: [] };
  for (let k = 1; k <= allocations; k++) {
    if (!random.chance(share)) continue;
    const always = random.chance(0.3);
    const matcher = create();
    let left = k;
    let where = `allocation ${k}${always ? " and all after it, until something throws" : ""}`;
    try {
      for (const [i, step] of all.entries()) {
        if (left > 0) {
          const outcome = withFailure(left, always, () => step(matcher));
          if (outcome.error === undefined) {
            // What fails for ever goes on failing.
            left = always && outcome.reached ? 1 : left - outcome.allocations;
            if (!always && outcome.reached) result.failures++;
            continue;
          }
          result.failures++;
          result.thrown++;
          left = 0;
          where += `, step ${i}`;
          if (!(outcome.error instanceof TopologyError && outcome.error.code === "OutOfMemory")) throw outcome.error;
        }
        step(matcher);
      }
      const now = answersOf(matcher);
      const line = differs(now, expected);
      if (line >= 0) result.wrong.push(`${where}: is\n${now[line]}\nnot\n${expected[line]}`);
    } catch (error) {
      result.wrong.push(`${where}: ${(error as Error).stack ?? error}`);
    }
  }
  return result;
}
