// options: which release's behaviour is wanted, which feature gates it has, and how it scores.

import { TopologyError } from "./errors.js";
import type { FilterName } from "./filters/plugin.js";
import { FILTERS_CARRIED_OUT, OWN_FILTERS } from "./filters/plugin.js";
import { givenName } from "./objects/arguments.js";
import type { OptionField } from "./objects/option-field.js";
import type { Shape } from "./score/shape.js";
import { checkedShape, DEFAULT_SHAPE } from "./score/shape.js";

export type { FilterName } from "./filters/plugin.js";
export { FILTERS, FILTERS_CARRIED_OUT, OWN_FILTERS } from "./filters/plugin.js";
export type { Shape, ShapePoint } from "./score/shape.js";

/** How VolumeBinding scores nodes: the plugin's arguments. */
export interface ScoringOptions {
  /**
   * Points between which a class's score is a straight line: at least one, utilizations growing. Default: the emptiest
   * node is the best, `[{ utilization: 0, score: 10 }, { utilization: 100, score: 0 }]`.
   */
  readonly shape?: Shape | undefined;
}

/** Releases whose verdicts are offered, the default last. */
export const KUBERNETES_MINORS = ["1.33", "1.34", "1.35", "1.36", "1.37"] as const;
export type KubernetesMinor = (typeof KUBERNETES_MINORS)[number];
export const DEFAULT_KUBERNETES: KubernetesMinor = "1.37";

/** The plugins that look at volumes; `volumes` stands for them. */
export const VOLUME_FILTERS: readonly FilterName[] = [
  "VolumeRestrictions",
  "NodeVolumeLimits",
  "VolumeBinding",
  "VolumeZone",
];

interface Gate {
  /** First minor that has it. */
  readonly since: number;
  /** First minor in which it is on by default. */
  readonly on: number;
  /** First minor that refuses another value. */
  readonly locked?: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** The feature gates that some rule reads. */
export type GateName =
  | "StorageCapacityScoring"
  | "VolumeLimitScaling"
  | "VolumeAttributesClass"
  | "TaintTolerationComparisonOperators"
  | "PodLevelResources"
  | "InPlacePodLevelResourcesVerticalScaling";

/** Feature gates that differ from a release's defaults. */
export type Gates = { readonly [Name in GateName]?: boolean | undefined };

const GATES: { readonly [Name in GateName]: Gate } = {
  // kube: R-GATE-1 scoring by capacity, on since 1.37.
  StorageCapacityScoring: { since: 33, on: 37 },
  // kube: R-GATE-2 attach limits that heed missing drivers, on since 1.37.
  VolumeLimitScaling: { since: 35, on: 37 },
  // kube: R-GATE-3 attributes classes, on since 1.34 and no choice since 1.36.
  VolumeAttributesClass: { since: 29, on: 34, locked: 36 },
  // kube: R-GATE-23 tolerations that compare numbers, off.
  TaintTolerationComparisonOperators: { since: 35, on: NEVER },
  // kube: R-GATE-24 resources of whole pods, on since 1.34.
  PodLevelResources: { since: 32, on: 34 },
  // kube: R-GATE-26 resizing them in place, on since 1.36.
  InPlacePodLevelResourcesVerticalScaling: { since: 35, on: 36 },
};

/** Every plugin that can be listed: the scheduler's, and then ours. */
export const LISTED_FILTERS: readonly FilterName[] = [...FILTERS_CARRIED_OUT, ...OWN_FILTERS];

/**
 * Plugins by name; `volumes` stands for those that look at volumes, `all` for every one of the scheduler's.
 * `StrictCapacity` and `SnapshotTopology` are ours; the first needs VolumeBinding beside it.
 */
export type FilterChoice = "volumes" | "all" | readonly FilterName[];

/**
 * The plugins that run, in the scheduler's order.
 * @throws TopologyError `BadOption` for one that is unknown, and for an empty list.
 */
export function resolveFilters(wanted: FilterChoice = "volumes"): readonly FilterName[] {
  if (wanted === "all") return FILTERS_CARRIED_OUT;
  if (wanted === "volumes") return FILTERS_CARRIED_OUT.filter((filter) => VOLUME_FILTERS.includes(filter));
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw new TopologyError("BadOption", "filters must be a list of plugins, volumes or all", "filters");
  }
  for (const filter of wanted) {
    if ((LISTED_FILTERS as readonly string[]).includes(filter)) continue;
    const isGroup = filter === ("volumes" as string) || filter === ("all" as string);
    const hint = isGroup ? `: it stands for several plugins, as filters: "${filter}" without a list` : "";
    throw new TopologyError("BadOption", `filter ${filter} is unknown${hint}`, filter);
  }
  // STRICT-1: what it adds up is what VolumeBinding plans.
  if (wanted.includes("StrictCapacity") && !wanted.includes("VolumeBinding")) {
    throw new TopologyError("BadOption", "filter StrictCapacity needs VolumeBinding beside it", "StrictCapacity");
  }
  return LISTED_FILTERS.filter((filter) => wanted.includes(filter));
}

/** The plugins that run where `filters` is left out. */
export const DEFAULT_FILTERS: readonly FilterName[] = resolveFilters();

/** @throws TopologyError `BadOption` for options that are no object, or one whose name is none of these. */
export function checkOptionNames(options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TopologyError("BadOption", `options must be an object, but are ${givenName(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new TopologyError("BadOption", `option ${name} is unknown; there are ${known.join(", ")}`, name);
  }
}

export function minorOf(kubernetes: string): number {
  if (!(KUBERNETES_MINORS as readonly string[]).includes(kubernetes)) {
    throw new TopologyError(
      "BadOption",
      `kubernetes must be one of ${KUBERNETES_MINORS.join(", ")}, but is ${kubernetes}`,
      "kubernetes",
    );
  }
  return Number(kubernetes.slice(2));
}

/**
 * The value of every gate of a release, and those of `wanted` that differ from its defaults.
 * @throws TopologyError for a gate that the release does not have, or does not let be changed.
 */
export function resolveGates(
  kubernetes: string,
  wanted: { readonly [name: string]: boolean | undefined } = {},
): { readonly values: ReadonlyMap<string, boolean>; readonly differing: { readonly [name: string]: boolean } } {
  const minor = minorOf(kubernetes);
  const values = new Map<string, boolean>();
  for (const [name, { on, since }] of Object.entries(GATES)) if (minor >= since) values.set(name, minor >= on);
  const differing: Record<string, boolean> = {};
  if (typeof wanted !== "object" || wanted === null) {
    throw new TopologyError("BadOption", `gates must be an object, but is ${givenName(wanted)}`, "gates");
  }
  for (const name of Object.keys(wanted).sort()) {
    const value = wanted[name];
    if (value === undefined) continue;
    const known = values.get(name);
    if (known === undefined || !Object.hasOwn(GATES, name)) {
      throw new TopologyError(
        "BadOption",
        `Kubernetes ${kubernetes} has no feature gate ${name} that is offered here`,
        name,
      );
    }
    if (typeof value !== "boolean") {
      throw new TopologyError("BadOption", `feature gate ${name} must be true or false, but is ${String(value)}`, name);
    }
    if (value === known) continue;
    if (minor >= (GATES[name as GateName].locked ?? NEVER)) {
      throw new TopologyError(
        "BadOption",
        `feature gate ${name} is locked to ${known} in Kubernetes ${kubernetes}`,
        name,
      );
    }
    values.set(name, value);
    differing[name] = value;
  }
  const dependent = "InPlacePodLevelResourcesVerticalScaling";
  if (values.get("PodLevelResources") === false && values.get(dependent) === true) {
    throw new TopologyError(
      "BadOption",
      `feature gate PodLevelResources cannot be off while ${dependent} is on`,
      dependent,
    );
  }
  return { values, differing };
}

/**
 * The shape that VolumeBinding scores by; undefined where it does not score. `config`: what its arguments have.
 * @throws TopologyError `BadOption` for a shape that kube-scheduler refuses, and for any where the gate is off.
 */
export function resolveShape(
  scoring: ScoringOptions | undefined,
  gates: ReadonlyMap<string, boolean>,
  config: OptionField | undefined,
): Shape | undefined {
  if (scoring !== undefined && (Object(scoring) !== scoring || Object.keys(scoring).some((name) => name !== "shape"))) {
    throw new TopologyError("BadOption", "scoring must be an object that has nothing but a shape", "scoring");
  }
  if (config !== undefined && scoring?.shape !== undefined) {
    throw new TopologyError("BadOption", `${config.path} is given, and scoring.shape too`, config.path);
  }
  const path = config?.path ?? "scoring.shape";
  const given = (config?.value as Shape | undefined) ?? scoring?.shape;
  const shape = given === undefined ? DEFAULT_SHAPE : checkedShape(given, path);
  // kube: R-SCO-1 the gate makes the scorer.
  if (gates.get("StorageCapacityScoring") === true) return shape;
  if (given === undefined) return undefined;
  throw new TopologyError("BadOption", `${path} needs the feature gate StorageCapacityScoring, which is off`, path);
}
