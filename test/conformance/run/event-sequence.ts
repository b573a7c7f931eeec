// One random sequence of what a scheduler's loop lives through: pods placed and taken back, the binder's writes and
// polls, and between them watch events of those writes, of the PV controller, and of others who change objects.

import { isDeepStrictEqual } from "node:util";
import type { Assumption, BindPatch, ObjectLike, TopologyMatcher } from "../../../lib/index.js";
import type { Random } from "../../reference/generator/random.js";
import type { Json, KubeObject } from "../../reference/generator/world.js";
import { setOf } from "../../support/load.js";
import { isPending, keyOf, nameOf } from "./completed.js";
import { describe, madeVolume, merged, plainly, withVersion } from "./event-objects.js";
import { changed } from "./updates.js";

/** A step of the oracle's request; see its README. */
export type Step = Readonly<Record<string, unknown>>;

export interface EventSequence {
  readonly steps: readonly Step[];
  /** What should come of each step. */
  readonly expected: readonly Json[];
  readonly counts: Readonly<Record<string, number>>;
}

/** A pod that is assumed; `written`: its patches were sent. */
interface Standing {
  readonly assumption: Assumption;
  written: boolean;
}

const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const SELECTED_NODE = "volume.kubernetes.io/selected-node";
const STALE = "the object has been modified; please apply your changes to the latest version and try again";
const RESOURCES: Readonly<Record<string, string>> = {
  PersistentVolume: "persistentvolumes",
  PersistentVolumeClaim: "persistentvolumeclaims",
};
/** Who may be changed by others; the spec of a pod cannot. */
const CHANGEABLE = ["Node", "PersistentVolume", "PersistentVolumeClaim", "StorageClass", "CSIStorageCapacity"];

class Loop {
  readonly steps: Step[] = [];
  readonly expected: Json[] = [];
  readonly counts: Record<string, number> = {};
  /** As the API server has them, and as the matcher does. */
  readonly api = new Map<string, KubeObject>();
  readonly seen = new Map<string, KubeObject>();
  readonly standing = new Map<string, Standing>();
  #version = 100;

  constructor(
    readonly matcher: TopologyMatcher,
    readonly random: Random,
    objects: readonly KubeObject[],
  ) {
    for (const object of objects) {
      this.api.set(keyOf(object), object);
      this.seen.set(keyOf(object), object);
    }
  }

  step(kind: string, step: Step, expected: Json = {}): void {
    this.steps.push(step);
    this.expected.push(expected);
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** Asks about a pod that waits, and mostly places it. */
  ask(): void {
    const { matcher, random } = this;
    const waiting = [...this.seen.values()].filter((object) => isPending(object) && !this.standing.has(nameOf(object)));
    if (waiting.length === 0) return;
    const pod = nameOf(random.pick(waiting));
    const verdict = matcher.createVerdict().evaluatePod(pod);
    const report = verdict.toReport({ plans: true });
    const nodes = verdict.schedulable ? [...report.feasible].sort() : [];
    if (nodes.length === 0 || !random.chance(0.85)) {
      this.step("ask", { ask: pod }, { pod: report });
      return;
    }
    const node = random.pick(nodes);
    const assumption = random.chance(0.5) ? matcher.assume(pod, node) : verdict.assume(node);
    this.standing.set(pod, { assumption, written: false });
    this.step("assume", { ask: pod, reserve: node }, { pod: { ...report, reserve: { node } } });
  }

  /** The binder's writes: each is refused where the API server has another version of the object. */
  write(): void {
    const pod = this.#pick(({ written }) => !written);
    if (pod === undefined) return;
    const standing = this.standing.get(pod) as Standing;
    const { assumption } = standing;
    standing.written = true;
    const version = this.#next();
    if (assumption.allBound) {
      this.step("write", { write: pod, version }, { skipped: true });
      return;
    }
    const written: Json[] = [];
    let error: string | undefined;
    for (const patch of assumption.patches) {
      error = this.#apply(assumption, patch, version, written);
      if (error !== undefined) break;
    }
    const result = { ...(written.length > 0 && { written }), ...(error !== undefined && { error }) };
    this.step(error === undefined ? "write" : "refused write", { write: pod, version }, result);
    // The scheduler gives the pod back then.
    if (error !== undefined) this.#revert(pod);
  }

  #apply(assumption: Assumption, patch: BindPatch, version: string, written: Json[]): string | undefined {
    const { kind, name, namespace } = patch;
    const key = `${kind}/${namespace ?? ""}/${name}`;
    const current = this.api.get(key);
    const resource = RESOURCES[kind];
    if (current === undefined) return `${resource} "${name}" not found`;
    const { metadata = {}, spec } = patch.patch as Json;
    if (metadata.resourceVersion !== (current.metadata as Json).resourceVersion) {
      return `Operation cannot be fulfilled on ${resource} "${name}": ${STALE}`;
    }
    const patched = merged(current, { ...(spec && { spec }), metadata }) as KubeObject;
    let answer = current;
    if (!isDeepStrictEqual(patched, current)) {
      answer = withVersion(patched, version);
      this.api.set(key, answer);
      written.push(describe(answer));
    }
    assumption.written(patch, answer as ObjectLike);
    return undefined;
  }

  /** One poll. */
  check(): void {
    const pod = this.#pick(({ written }) => written);
    if (pod === undefined) return;
    const { assumption } = this.standing.get(pod) as Standing;
    const { reason = "", state } = assumption.status();
    if (assumption.allBound) this.step("check", { check: pod }, { skipped: true });
    else if (state === "bound") this.step("bound", { check: pod }, { bound: true });
    else if (state === "waiting") this.step("waiting", { check: pod });
    else this.step("failed", { check: pod }, { error: plainly(reason.replace(/^binding volumes: /, "")) });
  }

  revert(): void {
    const pod = this.#pick(() => true);
    if (pod !== undefined) this.#revert(pod);
  }

  #revert(pod: string): void {
    this.standing.get(pod)?.assumption.revert();
    this.standing.delete(pod);
    // What the scheduler's cache has to say is only logged.
    this.step("revert", { unreserve: pod }, { logged: true });
  }

  /** A watch event: an object as the API server has it. */
  show(): void {
    const unseen = [...this.api].filter(([key, object]) => this.seen.get(key) !== object);
    if (unseen.length > 0) this.#put(this.random.pick(unseen)[1]);
  }

  #put(object: KubeObject): void {
    const key = keyOf(object);
    const known = this.api.get(key);
    // What was unseen until now is replaced at the API server before anybody sees this.
    if (known !== undefined && known !== this.seen.get(key) && known !== object) this.step("stored", { store: object });
    setOf(this.matcher, object.kind).upsert(object as ObjectLike);
    this.api.set(key, object);
    this.seen.set(key, object);
    this.step("watch event", { put: object });
  }

  /** The PV controller or a provisioner goes on with a claim. */
  control(): void {
    const { random } = this;
    const claims = [...this.api.values()].filter(({ kind, spec }) => {
      return kind === "PersistentVolumeClaim" && !spec?.volumeName;
    });
    if (claims.length === 0) return;
    const claim = random.pick(claims) as Json & KubeObject;
    const { name, namespace, uid } = claim.metadata;
    const bound = [...this.api.values()].find(({ kind, spec }) => {
      const ref = spec?.claimRef;
      return kind === "PersistentVolume" && ref?.uid === uid && ref?.name === name && ref?.namespace === namespace;
    });
    const node = claim.metadata.annotations?.[SELECTED_NODE];
    if (bound === undefined && !node) return;
    if (bound === undefined && random.chance(0.25)) {
      // It could not be made there.
      const { [SELECTED_NODE]: _, ...annotations } = claim.metadata.annotations;
      this.#store({ ...claim, metadata: { ...claim.metadata, annotations } });
      return;
    }
    const volume = (bound ??
      madeVolume(claim, this.api.get(`Node//${node}`), String(this.#version), this.random)) as KubeObject;
    if (bound === undefined) this.#store(volume);
    const annotations = { ...claim.metadata.annotations, [BIND_COMPLETED]: "yes" };
    this.#store({
      ...claim,
      metadata: { ...claim.metadata, annotations },
      spec: { ...claim.spec, volumeName: volume.metadata.name },
      status: { phase: "Bound" },
    });
  }

  /** Somebody else changes an object. */
  change(): void {
    const { random } = this;
    const objects = [...this.api.values()].filter(({ kind }) => CHANGEABLE.includes(kind));
    const object = random.pick(objects);
    const other = random.chance(0.3) ? object : changed(object, random);
    this.#store(other);
  }

  /** The API server has an object now; the matcher is told at once, or later. */
  #store(object: KubeObject): void {
    const now = withVersion(object, this.#next());
    if (this.random.chance(0.4)) {
      this.#put(now);
      return;
    }
    this.api.set(keyOf(now), now);
    this.step("stored", { store: now });
  }

  remove(): void {
    const { random } = this;
    const [key, object] = random.pick([...this.seen]);
    // What nobody has seen yet would come back; and the scheduler does not know of pods that have ended.
    if (this.api.get(key) !== object || (object.kind === "Pod" && hasEnded(object))) return;
    setOf(this.matcher, object.kind).delete(object as ObjectLike);
    this.api.delete(key);
    this.seen.delete(key);
    this.step("deleted", { delete: key });
  }

  /** A pod ends, or is to be deleted: mostly one that is assumed, shown bound or not. */
  end(): void {
    const { random } = this;
    const pods = [...this.seen].filter(([key, object]) => {
      return object.kind === "Pod" && !hasEnded(object) && this.api.get(key) === object;
    });
    const standing = pods.filter(([, object]) => this.standing.has(nameOf(object)));
    const [, pod] = random.pick(standing.length > 0 && random.chance(0.8) ? standing : pods) ?? [];
    if (pod === undefined) return;
    const ends = random.chance(0.6);
    const ended: Json = ends
      ? { status: { ...pod.status, phase: random.pick(["Succeeded", "Failed"]) } }
      : { metadata: { ...pod.metadata, deletionTimestamp: "2026-01-02T03:04:05Z" } };
    this.#put(withVersion({ ...pod, ...ended } as KubeObject, this.#next()));
    const kind = ends ? "ended" : "to be deleted";
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** A pod that is assumed is shown bound to its node. */
  bind(): void {
    const pod = this.#pick(() => true);
    const object = pod === undefined ? undefined : this.seen.get(`Pod/${pod}`);
    if (pod === undefined || object === undefined) return;
    const { node } = (this.standing.get(pod) as Standing).assumption;
    this.#put(withVersion({ ...object, spec: { ...object.spec, nodeName: node } }, this.#next()));
  }

  #next(): string {
    return String(++this.#version);
  }

  #pick(suits: (standing: Standing) => boolean): string | undefined {
    const pods = [...this.standing].flatMap(([pod, standing]) => (suits(standing) ? [pod] : []));
    return pods.length === 0 ? undefined : this.random.pick(pods);
  }
}

function hasEnded({ status }: KubeObject): boolean {
  return status?.phase === "Succeeded" || status?.phase === "Failed";
}

/** Random steps on a matcher that holds these objects, each with a version. */
export function eventSequence(matcher: TopologyMatcher, objects: readonly KubeObject[], random: Random): EventSequence {
  const loop = new Loop(matcher, random, objects);
  const pods = objects.filter(isPending).length;
  for (let i = pods * 8; i > 0; i--) {
    random.branch<void>([
      [30, () => loop.ask()],
      [14, () => loop.write()],
      [24, () => loop.show()],
      [20, () => loop.control()],
      [14, () => loop.check()],
      [7, () => loop.revert()],
      [5, () => loop.change()],
      [2, () => loop.remove()],
      [3, () => loop.bind()],
      [2, () => loop.end()],
    ]);
  }
  return { steps: loop.steps, expected: loop.expected, counts: loop.counts };
}
