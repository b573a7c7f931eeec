// cli: a workload -> whether Kubernetes' decoder would take what pods and claims are made of.

import type { ObjectLike, TopologyMatcher } from "../../index.js";
import { TopologyError } from "../../index.js";
import type { SetName } from "../../objects/sets.js";
import type { Origin } from "../failure.js";
import { InputFailure } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { dig, isObject, listAt, objectAt, textAt, typeName } from "../fields.js";
import type { Kind } from "../kinds.js";
import { keyOf, setOf } from "../kinds.js";

/** Where a part of an object stands, for sentences. */
export interface Place {
  readonly origin: Origin;
  /** Kind and name of the object. */
  readonly subject: string;
  /** The path of the part, such as `spec.template.`. */
  readonly prefix: string;
}

/** The field that says how many pods a workload has. */
export function countFieldOf(kind: Kind): string {
  return kind.name === "Job" ? "parallelism" : "replicas";
}

/** @throws InputFailure naming the field that could not be decoded. */
export function checkWorkload(matcher: TopologyMatcher, kind: Kind, object: KubeObject, origin: Origin): void {
  const name = textAt(object, "metadata", "name");
  const subject = `${kind.name} ${name === "" ? "(without a name)" : keyOf(kind, textAt(object, "metadata", "namespace"), name)}`;
  const place: Place = { origin, subject, prefix: "" };
  checkPart(matcher, "storageClasses", { metadata: object.metadata }, place);
  checkObjects(object, ["spec", "template"], place);
  checkInt32(object, ["spec", countFieldOf(kind)], place);
  const template = objectAt(object, "spec", "template");
  checkPod(matcher, namedPart(template, "template"), { ...place, prefix: "spec.template." });
  if (kind.name !== "StatefulSet") return;
  checkObjects(object, ["spec", "ordinals"], place);
  checkInt32(object, ["spec", "ordinals", "start"], place);
  const templates = dig(object, "spec", "volumeClaimTemplates");
  if (templates !== undefined && !Array.isArray(templates)) {
    fail(place, `spec.volumeClaimTemplates must be a list, but is ${typeName(templates)}`);
  }
  for (const [i, claim] of listAt(object, "spec", "volumeClaimTemplates").entries()) {
    checkPart(matcher, "persistentVolumeClaims", claim ?? {}, { ...place, prefix: `spec.volumeClaimTemplates[${i}].` });
  }
}

/** A pod, and the templates of its ephemeral volumes. */
export function checkPod(matcher: TopologyMatcher, pod: KubeObject, place: Place): void {
  checkPart(matcher, "pods", pod, place);
  for (const [i, volume] of listAt(pod, "spec", "volumes").entries()) {
    const ephemeral = objectAt(volume, "ephemeral");
    const template = ephemeral.volumeClaimTemplate ?? undefined;
    if (template === undefined) continue;
    const prefix = `${place.prefix}spec.volumes[${i}].ephemeral.volumeClaimTemplate`;
    if (!isObject(template)) fail(place, `${prefix} must be an object, but is ${typeName(template)}`);
    checkPart(matcher, "persistentVolumeClaims", namedPart(template, "template"), { ...place, prefix: `${prefix}.` });
  }
}

/** A template as an object of its own: what it names itself does not count. */
function namedPart(template: KubeObject, name: string): KubeObject {
  const metadata = template.metadata ?? {};
  return { ...template, metadata: isObject(metadata) ? { ...metadata, name } : metadata };
}

/** Lets the matcher decode a part; what it holds then is put right when everything has been settled. */
function checkPart(matcher: TopologyMatcher, set: SetName, part: unknown, place: Place): void {
  try {
    setOf(matcher, set).upsert(part as ObjectLike);
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    const { message, path } = error;
    const at = message.indexOf(`: ${path}`);
    fail(place, place.prefix === "" ? message.slice(at + 2) : `${place.prefix}${message.slice(at + 2)}`);
  }
}

/** Each of the objects that a path leads through may be absent, but nothing else. */
function checkObjects(object: KubeObject, path: readonly string[], place: Place): void {
  for (let length = 1; length <= path.length; length++) {
    const found = dig(object, ...path.slice(0, length));
    if (found === undefined || isObject(found)) continue;
    fail(place, `${path.slice(0, length).join(".")} must be an object, but is ${typeName(found)}`);
  }
}

function checkInt32(object: KubeObject, path: readonly string[], place: Place): void {
  const value = dig(object, ...path);
  if (value === undefined || (typeof value === "number" && value === (value | 0))) return;
  const found = typeof value === "number" ? String(value) : typeName(value);
  fail(place, `${path.join(".")} must be a 32-bit integer, but is ${found}`);
}

function fail({ origin, subject }: Place, sentence: string): never {
  throw new InputFailure(origin, `${subject}: ${sentence}`);
}
