// cli: kinds that kubectl may not list -> one line each on what verdicts then rest on.

import type { Resource } from "./resources.js";

/** What `kubectl get` could not list. */
export interface Unlisted {
  readonly refused: readonly Resource[];
  readonly narrowed: readonly Resource[];
  readonly namespaces: readonly string[];
}

/** The kinds without which no verdict can be given. */
const NEEDED = ["Node", "Pod"];

/** What verdicts rest on without a kind, where the notes on what pods need say nothing of it. */
const RESTS: { readonly [kind: string]: string } = {
  VolumeAttachment: "only volumes of pods on a node count against its attach limits",
  VolumeSnapshotClass: "snapshots are judged without their classes",
  ReferenceGrant: "claims that are restored from another namespace are told to be refused",
};

/** Why no verdict can be given; undefined where one can. */
export function refusalOfVerdicts({ refused }: Unlisted): string | undefined {
  const needed = refused.filter(({ kind }) => NEEDED.includes(kind.name));
  if (needed.length === 0) return undefined;
  return `kubectl may not list ${namesOf(needed)}: there is no verdict without them`;
}

export function unlistedLines({ namespaces, narrowed, refused }: Unlisted): string[] {
  const lines: string[] = [];
  if (refused.length > 0) {
    const rests = refused.flatMap(({ kind }) => RESTS[kind.name] ?? []);
    const besides = rests.length > 0 ? `; ${rests.join("; ")}` : "";
    lines.push(`kubectl may not list ${namesOf(refused)}: they are taken not to be there${besides}`);
  }
  if (narrowed.length > 0) {
    const where = `namespace${namespaces.length === 1 ? "" : "s"} ${namespaces.join(", ")}`;
    const rests = narrowed.some(({ kind }) => kind.name === "Pod")
      ? "what pods of others take from nodes, and the volumes that they use, are not counted"
      : "those of others are taken not to be there";
    lines.push(`kubectl may list ${namesOf(narrowed)} in ${where} only: ${rests}`);
  }
  return lines;
}

function namesOf(resources: readonly Resource[]): string {
  return resources.map(({ name }) => name).join(", ");
}
