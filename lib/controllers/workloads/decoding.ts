// controllers: an object or a workload -> whether Kubernetes' decoder would take it and what is made of it.

import { TopologyError } from "../../errors.js";
import { Blocks } from "../../intern/blocks.js";
import { Cluster } from "../../intern/cluster.js";
import type { Table } from "../../intern/table.js";
import type { KubeObject } from "../../objects/fields.js";
import { dig, isObject, listAt, objectAt, textAt, typeName } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { keyOf } from "../../objects/kinds.js";

/** Where a part of an object stands, for sentences. */
interface Place {
  /** Kind and name of the object. */
  readonly subject: string;
  /** The path of the part, such as `spec.template.`. */
  readonly prefix: string;
}

/** The field that says how many pods a workload has. */
export function countFieldOf(kind: string): string {
  return kind === "Job" ? "parallelism" : "replicas";
}

/** Decodes objects and keeps nothing of them. */
export class Decoder {
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(cluster = new Cluster(new Blocks())) {
    this.#tables = new Map(Object.values(cluster.tables).map((table) => [table.type.kind, table]));
  }

  /** @throws TopologyError naming the object and the field that could not be decoded. */
  check(kind: Kind, object: KubeObject): void {
    const table = this.#tables.get(kind.name);
    if (table === undefined) this.#checkWorkload(kind, object);
    else table.encode(object);
    if (kind.name === "Pod") this.#checkTemplates(object, { subject: subjectOf(kind, object), prefix: "" });
  }

  #checkWorkload(kind: Kind, object: KubeObject): void {
    const place: Place = { subject: subjectOf(kind, object), prefix: "" };
    this.#checkPart("StorageClass", { metadata: object.metadata }, place);
    checkObjects(object, ["spec", "template"], place);
    if (kind.name !== "DaemonSet") checkInt32(object, ["spec", countFieldOf(kind.name)], place);
    const pod = namedPart(objectAt(object, "spec", "template"));
    const within = { ...place, prefix: "spec.template." };
    this.#checkPart("Pod", pod, within);
    this.#checkTemplates(pod, within);
    if (kind.name !== "StatefulSet") return;
    checkObjects(object, ["spec", "ordinals"], place);
    checkInt32(object, ["spec", "ordinals", "start"], place);
    const templates = dig(object, "spec", "volumeClaimTemplates");
    if (templates !== undefined && !Array.isArray(templates)) {
      fail(place, "spec.volumeClaimTemplates", `must be a list, but is ${typeName(templates)}`);
    }
    for (const [i, claim] of listAt(object, "spec", "volumeClaimTemplates").entries()) {
      const prefix = `spec.volumeClaimTemplates[${i}].`;
      this.#checkPart("PersistentVolumeClaim", claim ?? {}, { ...place, prefix });
    }
  }

  /** The templates of a pod's ephemeral volumes. */
  #checkTemplates(pod: KubeObject, place: Place): void {
    for (const [i, volume] of listAt(pod, "spec", "volumes").entries()) {
      const template = dig(volume, "ephemeral", "volumeClaimTemplate");
      if (template === undefined) continue;
      const path = `${place.prefix}spec.volumes[${i}].ephemeral.volumeClaimTemplate`;
      if (!isObject(template)) fail(place, path, `must be an object, but is ${typeName(template)}`);
      this.#checkPart("PersistentVolumeClaim", namedPart(template), { ...place, prefix: `${path}.` });
    }
  }

  #checkPart(kind: string, part: unknown, place: Place): void {
    try {
      (this.#tables.get(kind) as Table).encode(part);
    } catch (error) {
      if (!(error instanceof TopologyError)) throw error;
      const { message, path } = error;
      const sentence = message.slice(message.indexOf(`: ${path}`) + 2 + path.length).trimStart();
      fail(place, `${place.prefix}${path}`, sentence, error.code);
    }
  }
}

function subjectOf(kind: Kind, object: KubeObject): string {
  const name = textAt(object, "metadata", "name");
  return `${kind.name} ${name === "" ? "(without a name)" : keyOf(kind, textAt(object, "metadata", "namespace"), name)}`;
}

/** A template as an object of its own: what it names itself does not count. */
function namedPart(template: KubeObject): KubeObject {
  const metadata = template.metadata ?? {};
  return { ...template, metadata: isObject(metadata) ? { ...metadata, name: "template" } : metadata };
}

/** Each of the objects that a path leads through may be absent, but nothing else. */
function checkObjects(object: KubeObject, path: readonly string[], place: Place): void {
  for (let length = 1; length <= path.length; length++) {
    const found = dig(object, ...path.slice(0, length));
    if (found === undefined || isObject(found)) continue;
    fail(place, path.slice(0, length).join("."), `must be an object, but is ${typeName(found)}`);
  }
}

function checkInt32(object: KubeObject, path: readonly string[], place: Place): void {
  const value = dig(object, ...path);
  if (value === undefined || (typeof value === "number" && value === (value | 0))) return;
  const found = typeof value === "number" ? String(value) : typeName(value);
  fail(place, path.join("."), `must be a 32-bit integer, but is ${found}`);
}

function fail({ subject }: Place, path: string, sentence: string, code: TopologyError["code"] = "Malformed"): never {
  throw new TopologyError(code, `${subject}: ${path} ${sentence}`, path);
}
