// Random steps on a matcher with overlays, beside a model of plain objects that says what each view should hold.

import * as assert from "uvu/assert";
import type { Assumption, EngineName, Overlay } from "../../lib/index.js";
import { createMatcherSync, TopologyError } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "../support/load.js";
import { matcherOf, reportOf, setOf } from "../support/load.js";
import type { Edit, Plain } from "./view-model.js";
import { isLeaving, Model, versionOf } from "./view-model.js";

const keyOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`;

export class Interleaving {
  readonly counts = {
    assumed: 0,
    bindings: 0,
    compared: 0,
    edited: 0,
    provisions: 0,
    refused: 0,
    reverted: 0,
    written: 0,
  };
  readonly #random: Random;
  readonly #universe: KubeObject[][];
  readonly #views: Model[];
  #version = 1000;

  constructor(
    readonly engine: EngineName,
    nodes: number,
    readonly seed: number,
  ) {
    this.#random = new Random(seed);
    this.#universe = universe(seed, nodes);
    const base = new Model(createMatcherSync({ engine }), undefined);
    this.#views = [base];
    for (const versions of this.#universe) this.#put(base, this.#versioned(this.#random.pick(versions)));
  }

  step(): void {
    const random = this.#random;
    const view = random.pick(this.#views);
    const dice = random.next() * 100;
    if (dice < 45) this.#assume(view);
    else if (dice < 55) this.#revert(view);
    else if (dice < 60) this.#write(view);
    else if (dice < 72) this.#change(view);
    else if (dice < 76 && this.#views.length < 5) this.#views.push(new Model(view.matcher.overlay(), view));
    else if (dice < 79) this.#drop(view);
    else if (dice < 81) view.matcher.trim();
    else this.#compare(view);
  }

  compareAll(): void {
    for (const view of this.#views) this.#compare(view);
  }

  #compare(view: Model): void {
    const objects = view.objects;
    this.counts.edited += view.edits.size;
    const fresh = matcherOf(objects.values(), { engine: this.engine });
    for (const { kind, metadata } of objects.values()) {
      if (kind !== "Pod") continue;
      const pod = `${metadata?.namespace ?? "default"}/${metadata?.name}`;
      const hint = `seed ${this.seed}, view ${this.#views.indexOf(view)}, pod ${pod}`;
      assert.equal(reportOf(view.matcher, pod), reportOf(fresh, pod), hint);
      this.counts.compared++;
    }
  }

  #assume(view: Model): void {
    const pods = [...view.objects.values()].filter(({ kind }) => kind === "Pod");
    if (pods.length === 0) return;
    const pod: Plain = this.#random.pick(pods);
    const key = `${pod.metadata.namespace ?? "default"}/${pod.metadata.name}`;
    const nodes = view.matcher.evaluatePod(key).nodes.toArray().sort();
    const node = nodes.length === 0 ? undefined : this.#random.pick(nodes);
    if (node === undefined) return;
    let assumption: Assumption;
    try {
      assumption = view.matcher.assume(key, node);
    } catch (error) {
      if (!(error instanceof TopologyError) || error.code !== "NotFeasible") throw error;
      this.counts.refused++;
      return;
    }
    this.counts.assumed++;
    this.counts.bindings += assumption.staticBindings.length;
    this.counts.provisions += assumption.dynamicProvisions.length;
    view.assumptions.push(assumption);
    this.#checkFree(view, assumption);
    this.#note(view, pod, assumption);
  }

  /** No volume is given twice: what a pod gets was nobody's, or its own claim's. */
  #checkFree(view: Model, { staticBindings }: Assumption): void {
    const objects = view.objects;
    const taken = new Set<string>();
    for (const { claim, volume } of staticBindings) {
      const { claimRef } = (objects.get(`PersistentVolume /${volume}`) as Plain).spec;
      const owner = claimRef && `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}`;
      assert.ok(
        owner === undefined || owner === claim,
        `seed ${this.seed}: ${volume} is ${owner}'s, and given to ${claim}`,
      );
      assert.not.ok(taken.has(volume), `seed ${this.seed}: ${volume} is given twice`);
      taken.add(volume);
    }
  }

  /** The API server takes some of an assumption's patches, and the view sees what it has then; sooner or later. */
  #write(view: Model): void {
    if (view.assumptions.length === 0) return;
    const assumption = this.#random.pick(view.assumptions);
    for (const patch of this.#random.shuffle(assumption.patches)) {
      const { kind, name, namespace } = patch;
      const informed = view.informed;
      const keys = [`${kind} ${namespace ?? ""}/${name}`, `${kind} /${name}`];
      const object: Plain = keys.map((key) => informed.get(key)).find((found) => found !== undefined);
      const wanted = (patch.patch as Plain).metadata;
      if (object === undefined || versionOf(object) !== wanted.resourceVersion) continue;
      const { claimRef = object.spec?.claimRef } = (patch.patch as Plain).spec ?? {};
      const annotations = { ...object.metadata.annotations, ...wanted.annotations };
      const now = this.#versioned({
        ...object,
        metadata: { ...object.metadata, annotations },
        spec: { ...object.spec, ...(claimRef && { claimRef }) },
      });
      this.counts.written++;
      this.#put(view, now);
    }
    assumption.status();
  }

  /** Writes into the model what kube-scheduler's Reserve does. */
  #note(view: Model, pod: Plain, { dynamicProvisions, node, staticBindings }: Assumption): void {
    const informed = view.objects;
    const edit = (key: string, apply: Edit["apply"]): void => {
      const object: Plain = informed.get(key);
      const leaving = isLeaving(object);
      view.edits.set(key, { key, version: versionOf(object), uid: object.metadata.uid, leaving, apply });
    };
    for (const { claim, volume } of staticBindings) {
      const { metadata }: Plain = claimOf(informed, claim);
      const ref = { namespace: metadata.namespace ?? "default", name: metadata.name, uid: metadata.uid };
      const key = `PersistentVolume /${volume}`;
      const before = (informed.get(key) as Plain).spec.claimRef;
      if (before !== undefined && before.uid === ref.uid) continue;
      edit(key, (object) => ({ ...object, spec: { ...object.spec, claimRef: ref } }));
    }
    for (const claim of dynamicProvisions) {
      const key = keyOf(claimOf(informed, claim) as KubeObject);
      if (view.edits.has(key)) continue;
      edit(key, (object) => ({
        ...object,
        metadata: {
          ...object.metadata,
          annotations: { ...object.metadata.annotations, "volume.kubernetes.io/selected-node": node },
        },
      }));
    }
    edit(keyOf(pod), (object) => ({ ...object, spec: { ...object.spec, nodeName: node } }));
  }

  #revert(view: Model): void {
    if (view.assumptions.length === 0) return;
    const assumption = this.#random.pick(view.assumptions);
    view.assumptions.splice(view.assumptions.indexOf(assumption), 1);
    const { dynamicProvisions, patches, pod, staticBindings } = assumption;
    const versions = new Map(
      patches.map(({ kind, name, namespace, patch }: Plain) => {
        return [`${kind} ${namespace ?? ""}/${name}`, patch.metadata.resourceVersion ?? ""];
      }),
    );
    const objects = view.objects;
    const keys = [
      ...staticBindings.map(({ volume }) => `PersistentVolume /${volume}`),
      ...dynamicProvisions.map((claim) => `PersistentVolumeClaim ${claim}`),
    ];
    assumption.revert();
    this.counts.reverted++;
    for (const key of keys) {
      const own = [...objects.keys()].find((other) => other === key || other === key.replace(" default/", " /"));
      const edit = own === undefined ? undefined : view.edits.get(own);
      if (edit !== undefined && edit.version === versions.get(key)) view.edits.delete(own as string);
    }
    for (const key of view.edits.keys())
      if (key === `Pod ${pod}` || key === `Pod ${pod.replace(/^default/, "")}`) view.edits.delete(key);
  }

  #change(view: Model): void {
    const object = this.#random.pick(this.#random.pick(this.#universe));
    const known = view.informed.get(keyOf(object));
    if (known !== undefined && this.#random.chance(0.3)) {
      setOf(view.matcher, object.kind).delete(object);
      view.own.set(keyOf(object), undefined);
      if (view.below === undefined) view.own.delete(keyOf(object));
      view.edits.delete(keyOf(object));
    } else if (known !== undefined && this.#random.chance(0.2)) this.#put(view, known);
    else this.#put(view, this.#versioned(object));
  }

  #put(view: Model, object: KubeObject): void {
    setOf(view.matcher, object.kind).upsert(object);
    view.own.set(keyOf(object), object);
  }

  #versioned(object: KubeObject): KubeObject {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version++) } };
  }

  #drop(view: Model): void {
    if (view.below === undefined) return;
    (view.matcher as Overlay).drop();
    const gone = (model: Model | undefined): boolean => model !== undefined && (model === view || gone(model.below));
    for (const other of [...this.#views]) if (gone(other)) this.#views.splice(this.#views.indexOf(other), 1);
  }
}

function claimOf(objects: ReadonlyMap<string, KubeObject>, claim: string): KubeObject | undefined {
  return (
    objects.get(`PersistentVolumeClaim ${claim}`) ??
    objects.get(`PersistentVolumeClaim ${claim.replace(/^default/, "")}`)
  );
}

/** Clusters in which most pods find a node, and many of them a volume or a place to make one. */
const ASSUMABLE = {
  pods: 10,
  podFaults: 0.02,
  podsWithoutClaims: 0.05,
  claimKinds: { bound: 10, fixed: 45, provisioned: 35, limited: 10 },
  missingVolumes: 0.02,
  claimSelectorErrors: 0,
  placedPods: 0.05,
  reserved: 0.2,
  sharedClaims: 0.4,
};

/** Objects that replace each other under equal keys: several clusters of one generator share their names. */
function universe(seed: number, nodes: number): KubeObject[][] {
  const byKey = new Map<string, KubeObject[]>();
  for (let i = 0; i < 3; i++) {
    for (const object of generateCluster(seed * 10 + i, { ...ASSUMABLE, nodes }).objects as KubeObject[]) {
      const key = keyOf(object);
      byKey.set(key, [...(byKey.get(key) ?? []), object]);
    }
  }
  return [...byKey.values()];
}
