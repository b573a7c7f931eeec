// Random events on a matcher with overlays, beside a model of plain objects that says what each view should hold.

import type { Assumption, BindPatch, EngineName, Overlay } from "../../lib/index.js";
import { TopologyError } from "../../lib/index.js";
import { generateCluster } from "../reference/generator/generate.js";
import { Random } from "../reference/generator/random.js";
import type { KubeObject } from "../support/load.js";
import { matcherOf, setOf } from "../support/load.js";
import { checkFree, checkShown, compareAnswers } from "./view-checks.js";
import type { Plain } from "./view-model.js";
import { keyOf, Model, SELECTED_NODE, versionOf } from "./view-model.js";

const MOST_VIEWS = 5;
const NAMESPACED = new Set(["Pod", "PersistentVolumeClaim", "CSIStorageCapacity"]);

export class Interleaving {
  readonly counts = {
    upserts: 0,
    deletes: 0,
    assumed: 0,
    refused: 0,
    reverted: 0,
    written: 0,
    overlays: 0,
    dropped: 0,
    bindings: 0,
    provisions: 0,
    comparisons: 0,
    compared: 0,
    edited: 0,
  };
  readonly #random: Random;
  readonly #universe: readonly (readonly KubeObject[])[];
  readonly #keys: readonly string[];
  readonly #pods: readonly string[];
  readonly #views: Model[];
  #version = 1000;
  /** Steps until the next comparison. */
  #left: number;

  constructor(
    readonly engine: EngineName,
    nodes: number,
    readonly seed: number,
    /** A comparison with matchers made anew comes after 1 to this many steps. */
    readonly mostSteps: number,
  ) {
    this.#random = new Random(seed);
    this.#universe = universe(seed, nodes);
    this.#keys = this.#universe.map(([object]) => keyOf(object));
    this.#pods = this.#keys.filter((key) => key.startsWith("Pod "));
    const objects = this.#universe.map((versions) => this.#versioned(this.#random.pick(versions)));
    const base = new Model(matcherOf(objects, { engine }), undefined);
    for (const object of objects) base.own.set(keyOf(object), object);
    this.#views = [base];
    this.#left = this.#random.int(1, mostSteps);
  }

  /** One event, and what it has changed looked at; now and then all answers of its view compared, or of two. */
  step(): void {
    const random = this.#random;
    const view = this.#happen();
    if (random.chance(0.02)) view.matcher.trim();
    if (--this.#left > 0) return;
    this.#left = random.int(1, this.mostSteps);
    this.#compare(view);
    const other = random.pick(this.#views);
    if (other !== view && random.chance(0.5)) this.#compare(other);
  }

  compareAll(): void {
    for (const view of this.#views) this.#compare(view);
  }

  /** Tries until something has happened; the view in which it did, or what it stood on. */
  #happen(): Model {
    for (;;) {
      const view = this.#random.pick(this.#views);
      view.enter();
      const touched = this.#event(view);
      if (touched === undefined) continue;
      const shown = this.#views.includes(view) ? view : (view.below as Model);
      shown.enter();
      for (const key of touched) {
        checkShown({ matcher: shown.matcher, object: shown.object(key) }, key, `seed ${this.seed}`);
      }
      return shown;
    }
  }

  /** The keys of the objects that an event has touched; undefined where there was none. */
  #event(view: Model): readonly string[] | undefined {
    const dice = this.#random.next() * 100;
    if (dice < 44) return this.#assume(view);
    if (dice < 57) return this.#revert(view);
    if (dice < 66) return this.#write(view);
    if (dice < 91) return this.#change(view);
    if (dice < 96) return this.#cover(view);
    return this.#drop(view);
  }

  #compare(view: Model): void {
    view.enter();
    const objects = this.#keys.flatMap((key) => view.object(key) ?? []);
    const fresh = matcherOf(objects, { engine: this.engine });
    const hint = `seed ${this.seed}, view ${this.#views.indexOf(view)}`;
    this.counts.compared += compareAnswers(view, fresh, objects, hint);
    this.counts.comparisons++;
    this.counts.edited += view.edits.size;
  }

  #assume(view: Model): readonly string[] | undefined {
    const key = this.#random.pick(this.#pods);
    const pod: Plain = view.object(key);
    if (pod === undefined) return undefined;
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    const verdict = view.matcher.evaluatePod(name);
    const nodes = verdict.nodes.toArray().sort();
    const node = nodes.length === 0 ? undefined : this.#random.pick(nodes);
    if (node === undefined) return undefined;
    let assumption: Assumption;
    try {
      assumption = view.matcher.assume(name, node);
    } catch (error) {
      if (!(error instanceof TopologyError) || error.code !== "NotFeasible") throw error;
      this.counts.refused++;
      return undefined;
    }
    this.counts.assumed++;
    this.counts.bindings += assumption.staticBindings.length;
    this.counts.provisions += assumption.dynamicProvisions.length;
    view.assumptions.push(assumption);
    checkFree(view, assumption, `seed ${this.seed}`);
    return [key, ...this.#note(view, key, assumption)];
  }

  /** Writes into the model what kube-scheduler's Reserve does; the keys of the volumes and claims. */
  #note(view: Model, pod: string, assumption: Assumption): string[] {
    const { dynamicProvisions, node, staticBindings } = assumption;
    const volumes = staticBindings.map(({ claim, volume }) => {
      const { metadata }: Plain = view.informed(claimKey(claim));
      const ref = { namespace: metadata.namespace, name: metadata.name, uid: metadata.uid };
      const key = volumeKey(volume);
      const before = (view.object(key) as Plain).spec.claimRef;
      if (!before || before.uid !== ref.uid) {
        view.edit(key, assumption, (object) => ({ ...object, spec: { ...object.spec, claimRef: ref } }));
      }
      return key;
    });
    const claims = dynamicProvisions.map(claimKey);
    for (const key of claims) {
      if (view.edits.has(key)) continue;
      view.edit(key, assumption, (object) => {
        const annotations = { ...object.metadata.annotations, [SELECTED_NODE]: node };
        return { ...object, metadata: { ...object.metadata, annotations } };
      });
    }
    view.edit(pod, assumption, (object) => ({ ...object, spec: { ...object.spec, nodeName: node } }));
    return [...volumes, ...claims];
  }

  #revert(view: Model): readonly string[] | undefined {
    if (view.assumptions.length === 0) return undefined;
    const assumption = this.#random.pick(view.assumptions);
    view.assumptions.splice(view.assumptions.indexOf(assumption), 1);
    const versions = new Map<string, string>();
    for (const patch of assumption.patches) versions.set(keyOfPatch(patch), versionIn(patch));
    for (const [key, version] of view.written.get(assumption) ?? []) versions.set(key, version);
    const pod = `Pod ${assumption.pod}`;
    assumption.revert();
    this.counts.reverted++;
    for (const [key, version] of versions) if (view.edits.get(key)?.version === version) view.edits.delete(key);
    if (view.edits.get(pod)?.by === assumption) view.edits.delete(pod);
    view.written.delete(assumption);
    return [...versions.keys(), pod];
  }

  /** The API server takes some of an assumption's patches, and the view sees what it has then; at once, or never. */
  #write(view: Model): readonly string[] | undefined {
    if (view.assumptions.length === 0) return undefined;
    const random = this.#random;
    const assumption = random.pick(view.assumptions);
    const touched: string[] = [];
    for (const patch of random.shuffle(assumption.patches)) {
      const key = keyOfPatch(patch);
      const object: Plain = view.informed(key);
      if (object === undefined || versionOf(object) !== versionIn(patch)) continue;
      const { metadata, spec }: Plain = patch.patch;
      const { claimRef = object.spec?.claimRef } = spec ?? {};
      const annotations = { ...object.metadata.annotations, ...metadata.annotations };
      const now = this.#versioned({
        ...object,
        metadata: { ...object.metadata, annotations },
        spec: { ...object.spec, ...(claimRef && { claimRef }) },
      });
      const isTold = random.chance(0.5);
      if (isTold) this.#tell(view, assumption, patch, now);
      if (!isTold || random.chance(0.6)) this.#put(view, now);
      this.counts.written++;
      touched.push(key);
    }
    assumption.status();
    return touched.length === 0 ? undefined : touched;
  }

  /** A volume that was written has its new version in the plan; a claim keeps the old one. */
  #tell(view: Model, assumption: Assumption, patch: BindPatch, answer: KubeObject): void {
    assumption.written(patch, answer);
    if (patch.kind !== "PersistentVolume") return;
    const versions = view.written.get(assumption) ?? new Map<string, string>();
    view.written.set(assumption, versions.set(keyOfPatch(patch), versionOf(answer)));
  }

  /** A watch event: an object comes, is another, goes, or is shown again as it was. */
  #change(view: Model): readonly string[] {
    const random = this.#random;
    const object = random.pick(random.pick(this.#universe));
    const key = keyOf(object);
    const known = view.informed(key);
    if (known !== undefined && random.chance(0.3)) {
      setOf(view.matcher, object.kind).delete(object);
      // A deletion hides what lies below; where nothing does, the view's own object is taken away and nothing hidden.
      if (view.below?.object(key) === undefined) view.own.delete(key);
      else view.own.set(key, undefined);
      view.edits.delete(key);
      this.counts.deletes++;
      return [key];
    }
    this.#put(view, known !== undefined && random.chance(0.2) ? known : this.#versioned(object));
    this.counts.upserts++;
    return [key];
  }

  #put(view: Model, object: KubeObject): void {
    setOf(view.matcher, object.kind).upsert(object);
    view.own.set(keyOf(object), object);
  }

  #versioned(object: KubeObject): KubeObject {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version++) } };
  }

  #cover(view: Model): readonly string[] | undefined {
    if (this.#views.length >= MOST_VIEWS) return undefined;
    this.#views.push(new Model(view.matcher.overlay(), view));
    this.counts.overlays++;
    return [];
  }

  #drop(view: Model): readonly string[] | undefined {
    if (view.below === undefined) return undefined;
    const touched = [...view.own.keys(), ...view.edits.keys()];
    (view.matcher as Overlay).drop();
    for (const other of [...this.#views]) if (other.isOver(view)) this.#views.splice(this.#views.indexOf(other), 1);
    this.counts.dropped++;
    return touched;
  }
}

const claimKey = (claim: string): string => `PersistentVolumeClaim ${claim}`;
const volumeKey = (volume: string): string => `PersistentVolume /${volume}`;
const keyOfPatch = ({ kind, name, namespace }: BindPatch): string => `${kind} ${namespace ?? ""}/${name}`;
const versionIn = ({ patch }: BindPatch): string => (patch as Plain).metadata.resourceVersion ?? "";

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

function clusterOf(seed: number, nodes: number): KubeObject[] {
  return (generateCluster(seed, { ...ASSUMABLE, nodes }).objects as KubeObject[]).map((object) => {
    const { kind, metadata } = object;
    const isPlaced = !NAMESPACED.has(kind ?? "") || metadata?.namespace;
    return isPlaced ? object : { ...object, metadata: { ...metadata, namespace: "default" } };
  });
}

/** Objects that replace each other under equal keys: several clusters of one generator share their names. */
function universe(seed: number, nodes: number): KubeObject[][] {
  const byKey = new Map<string, KubeObject[]>();
  for (let i = 0; i < 3; i++) {
    for (const object of clusterOf(seed * 10 + i, nodes)) {
      const key = keyOf(object);
      byKey.set(key, [...(byKey.get(key) ?? []), object]);
    }
  }
  return [...byKey.values()];
}
