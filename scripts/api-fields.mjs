// Kubernetes' OpenAPI documents and custom resource definitions -> the table of field names that manifests mode checks.
// Several releases give the union of their fields, so that no field of any of them is called unknown.
// Usage: node scripts/api-fields.mjs FILE..., each a swagger.json of Kubernetes (api/openapi-spec) or a definition in YAML.
// The Go modules k8s.io/kubernetes, github.com/kubernetes-csi/external-snapshotter/client/v8 and sigs.k8s.io/gateway-api
// hold them: go mod download -json MODULE@VERSION says where.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const TABLE = fileURLToPath(new URL("../lib/cli/api-fields.json", import.meta.url));
const KINDS = {
  "": ["Node", "PersistentVolume", "PersistentVolumeClaim", "Pod"],
  apps: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  batch: ["CronJob", "Job"],
  "storage.k8s.io": [
    "CSIDriver",
    "CSINode",
    "CSIStorageCapacity",
    "StorageClass",
    "VolumeAttachment",
    "VolumeAttributesClass",
  ],
  "snapshot.storage.k8s.io": ["VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent"],
  "gateway.networking.k8s.io": ["ReferenceGrant"],
};
const META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
const REFERENCE = "#/definitions/";

/** Name of a type -> its fields; a field is [how it holds its type, the type], or undefined for a plain value. */
const types = new Map();
/** `Kind.group` -> its type. */
const roots = new Map();

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("usage: node scripts/api-fields.mjs FILE...");
for (const file of files) {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".json")) readSwagger(JSON.parse(text).definitions);
  else for (const document of parseAllDocuments(text)) readDefinition(document.toJS());
}
// KEP-5943 gives snapshots a place, which no definition has yet.
addFields("snapshot.storage.k8s.io.VolumeSnapshotContent.spec", {
  nodeAffinity: { items: { $ref: `${REFERENCE}io.k8s.api.core.v1.TopologySelectorTerm` } },
});
for (const [group, kinds] of Object.entries(KINDS)) {
  for (const kind of kinds) if (!roots.has(idOf(kind, group))) throw new Error(`no file defines ${idOf(kind, group)}`);
}
writeTable();

function idOf(kind, group) {
  return group === "" ? kind : `${kind}.${group}`;
}

function readSwagger(definitions) {
  for (const [name, schema] of Object.entries(definitions)) {
    for (const { group, kind, version } of schema["x-kubernetes-group-version-kind"] ?? []) {
      const id = idOf(kind, group);
      // Version v1 has all fields of those that came before it.
      if (KINDS[group]?.includes(kind) && (version === "v1" || !roots.has(id))) roots.set(id, name);
    }
    addFields(name, schema.properties ?? {});
  }
}

/** A custom resource definition; each of its versions. */
function readDefinition(definition) {
  const { group, names, versions = [] } = definition?.spec ?? {};
  if (!KINDS[group]?.includes(names?.kind)) return;
  const root = `${group}.${names.kind}`;
  roots.set(idOf(names.kind, group), root);
  for (const { schema } of versions) {
    addFields(root, { ...schema.openAPIV3Schema.properties, metadata: { $ref: REFERENCE + META } });
  }
}

function addFields(type, properties) {
  const fields = types.get(type) ?? new Map();
  types.set(type, fields);
  for (const [field, schema] of Object.entries(properties)) {
    if (!/^\w+$/.test(field)) throw new Error(`${type}.${field}: the table has no room for such a name`);
    const held = typeOf(schema, `${type}.${field}`);
    if (held !== undefined || !fields.has(field)) fields.set(field, held);
  }
}

function typeOf(schema, name) {
  if (schema.$ref !== undefined) return [":", schema.$ref.slice(REFERENCE.length)];
  // A single reference with a description of its own.
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0], name);
  if (schema.items !== undefined) return inside("[", typeOf(schema.items, name));
  if (typeof schema.additionalProperties === "object") return inside("{", typeOf(schema.additionalProperties, name));
  if (schema.properties === undefined) return undefined;
  addFields(name, schema.properties);
  return [":", name];
}

function inside(sign, held) {
  if (held === undefined) return undefined;
  if (held[0] !== ":") throw new Error(`${held[1]}: a list or map of lists or maps`);
  return [sign, held[1]];
}

/** Types that a kind reaches, numbered as they are met; those without fields are plain values. */
function writeTable() {
  const numbers = new Map();
  const queue = [];
  const numberOf = (type) => {
    if (!numbers.has(type)) {
      numbers.set(type, queue.length);
      queue.push(type);
    }
    return numbers.get(type);
  };
  const kinds = {};
  for (const id of [...roots.keys()].sort()) kinds[id] = numberOf(roots.get(id));
  const lines = [];
  for (const type of queue) {
    const fields = [...types.get(type)].sort(([a], [b]) => (a < b ? -1 : 1));
    const words = fields.map(([name, held]) =>
      held === undefined || (types.get(held[1])?.size ?? 0) === 0 ? name : `${name}${held[0]}${numberOf(held[1])}`,
    );
    lines.push(words.join(" "));
  }
  const text = JSON.stringify({ kinds, types: lines }, undefined, 2);
  writeFileSync(TABLE, `${text}\n`);
  console.log(`${lines.length} types, ${text.length + 1} bytes`);
}
