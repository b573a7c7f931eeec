// cli: objects as they are read -> the matcher, and what has to be remembered of each.

import { Decoder } from "../controllers/workloads/decoding.js";
import type { ObjectLike, TopologyMatcher } from "../index.js";
import { TopologyError } from "../index.js";
import type { ApiFields } from "./api-fields.js";
import { sayUnknown } from "./api-fields.js";
import type { ObjectSink, TypeMeta } from "./documents.js";
import type { Origin } from "./failure.js";
import { InputFailure, where } from "./failure.js";
import type { KubeObject } from "./fields.js";
import { dig, isObject, textAt } from "./fields.js";
import type { Kind } from "./kinds.js";
import { groupOf, keyOf, LIVE_KINDS, SKIPPED_WORKLOADS, setOf, WORKLOAD_KINDS } from "./kinds.js";
import { isStarting, isWaiting } from "./notes/bypassed.js";
import { Facts } from "./notes/facts.js";
import type { Notices } from "./notices.js";
import type { Reservation } from "./uids.js";
import { defaultUid, reservationOf } from "./uids.js";

/** An object that was read, in the place of the first one of its name. */
export interface Entry {
  readonly kind: Kind;
  readonly key: string;
  readonly origin: Origin;
  /** The object, where it is needed again. */
  readonly object: KubeObject | undefined;
  /** The input gave it no uid. */
  readonly lacksUid: boolean;
  /** Of a pod: it waits for a node. */
  readonly isPending: boolean;
  /** Of a pod that was put on a node, or of a claim: it may wait for what never comes. */
  readonly isSuspect: boolean;
  /** Of a volume whose claim is not gone: the claim that its claimRef names together with a uid. */
  readonly reservation: Reservation | undefined;
}

export interface IntakeOptions {
  readonly mode: "live" | "manifests";
  /** Of objects that name none. */
  readonly namespace: string;
  /** Keeps the objects themselves. */
  readonly keep: boolean;
  /** Names the fields that no Kubernetes type has. */
  readonly fields?: ApiFields | undefined;
}

const NO_PODS_IN_LIVE_MODE = "live mode reads pods as they are; --mode manifests makes the pods of workloads";

export class Intake implements ObjectSink {
  readonly #entries = new Map<string, Entry>();
  readonly #kinds = new Set<string>();
  readonly #decoder = new Decoder();
  readonly facts = new Facts();

  constructor(
    readonly matcher: TopologyMatcher,
    readonly notices: Notices,
    readonly options: IntakeOptions,
  ) {}

  /** In input order. */
  get entries(): Entry[] {
    return [...this.#entries.values()];
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether an object of a kind was read. */
  holds(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  knows(type: TypeMeta): boolean {
    return this.#kindOf(type) !== undefined;
  }

  skip({ apiVersion, kind }: TypeMeta): void {
    const isOfGroup = (group: string): boolean => apiVersion === "" || groupOf(apiVersion) === group;
    const skipped = this.options.mode === "manifests" ? SKIPPED_WORKLOADS.get(kind) : undefined;
    const made = this.options.mode === "live" ? WORKLOAD_KINDS.get(kind) : undefined;
    if (skipped !== undefined && isOfGroup(skipped.group)) this.notices.skipWorkload(kind, skipped.reason);
    else if (made !== undefined && isOfGroup(made.group)) this.notices.skipWorkload(kind, NO_PODS_IN_LIVE_MODE);
    else this.notices.skipUnknownKind(kind, apiVersion);
  }

  skipEmptyDocument(): void {
    this.notices.skipEmptyDocument();
  }

  skipUnreadable(type: TypeMeta, origin: Origin, sentence: string): void {
    this.notices.add(`${where(origin)}: ${sentence}; skipped, because no object of kind ${type.kind} is looked at`);
    this.skip(type);
  }

  doubt(origin: Origin, sentence: string): void {
    this.notices.doubt(`${where(origin)}: ${sentence}`);
  }

  add(type: TypeMeta, given: KubeObject, origin: Origin): void {
    const kind = this.#kindOf(type)!;
    const object = this.#complete(kind, type, given);
    if (kind.set === undefined) decoding(origin, () => this.#decoder.check(kind, object));
    else upsert(this.matcher, kind, object, origin);
    const key = keyOf(kind, textAt(object, "metadata", "namespace"), textAt(object, "metadata", "name"));
    const lacksUid = textAt(given, "metadata", "uid") === "";
    const entry: Entry = {
      kind,
      key,
      origin,
      object: this.options.keep || (kind.name === "PersistentVolumeClaim" && lacksUid) ? object : undefined,
      lacksUid,
      isPending: kind.name === "Pod" && isPending(object),
      isSuspect:
        (kind.name === "Pod" && isStarting(object)) || (kind.name === "PersistentVolumeClaim" && isWaiting(object)),
      reservation: kind.name === "PersistentVolume" ? reservationOf(object) : undefined,
    };
    const id = `${kind.name} ${key}`;
    for (const field of this.options.fields?.unknownIn(kind, given) ?? [])
      this.doubt(origin, `${id}: ${sayUnknown(field)}`);
    const replaced = this.#entries.get(id);
    if (replaced !== undefined) this.notices.add(`${where(origin)}: ${id} replaces that of ${where(replaced.origin)}`);
    this.#entries.set(id, entry);
    this.#kinds.add(kind.name);
    this.facts.add(kind.name, object, key);
  }

  /** Where the object was read that stands under this kind and key; undefined for what was made. */
  originOf(kind: string, key: string): Origin | undefined {
    return this.#entries.get(`${kind} ${key}`)?.origin;
  }

  #kindOf({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
    const kind = LIVE_KINDS.get(name) ?? (this.options.mode === "manifests" ? WORKLOAD_KINDS.get(name) : undefined);
    return kind !== undefined && (apiVersion === "" || groupOf(apiVersion) === kind.group) ? kind : undefined;
  }

  /** The object with its kind, namespace and uid, without the bulk that nobody reads. */
  #complete(kind: Kind, { apiVersion }: TypeMeta, object: KubeObject): KubeObject {
    const type = { apiVersion: apiVersion || kind.apiVersion, kind: kind.name };
    if (!isObject(object.metadata)) return { ...object, ...type };
    const { managedFields: _, ...kept } = object.metadata;
    const metadata: Record<string, unknown> = kept;
    // What is there but no text is left for the matcher to refuse.
    if (kind.namespaced && isAbsent(metadata.namespace)) metadata.namespace = this.options.namespace;
    if (isAbsent(metadata.uid)) {
      metadata.uid = defaultUid(kind, textAt(metadata, "namespace"), textAt(metadata, "name"));
    }
    return { ...type, ...object, ...type, metadata };
  }
}

/** @throws InputFailure for what Kubernetes' Go types could not decode. */
export function upsert(matcher: TopologyMatcher, kind: Kind, object: KubeObject, origin: Origin): void {
  decoding(origin, () => setOf(matcher, kind.set!).upsert(object as ObjectLike));
}

function decoding(origin: Origin, decode: () => void): void {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    throw new InputFailure(origin, error.message);
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Whether a pod waits for a node. */
export function isPending(pod: KubeObject): boolean {
  const phase = textAt(pod, "status", "phase");
  return (
    textAt(pod, "spec", "nodeName") === "" &&
    phase !== "Succeeded" &&
    phase !== "Failed" &&
    dig(pod, "metadata", "deletionTimestamp") === undefined
  );
}
