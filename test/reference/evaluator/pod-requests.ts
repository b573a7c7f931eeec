// What a pod asks for, and what it uses on its node (R-NOD-24 to R-NOD-30).

import { type Amount, type Amounts, greater, integer, NOTHING, plus, readAmount } from "./amounts.js";
import { decided } from "./decided.js";
import type { Container, ContainerStatus, Opt, Pod, Resources, ResourceTexts } from "./kinds.js";
import { items } from "./selectors.js";
import type { Settings } from "./settings.js";

/** Totals as int64, of the names that take part; a name that occurs with 0 is there too. */
export type Totals = Map<string, bigint>;

type ListOf = (container: Container, sidecar: boolean, isMain: boolean) => Amounts | undefined;

export function requested(pod: Pod, settings: Settings): Totals {
  const total = aggregate(pod, ({ resources }) => listOf(resources?.requests));
  const whole = podLevel(pod, settings);
  if (whole) for (const [name, amount] of whole) if (isPodLevelName(name)) total.set(name, amount);
  return totals(pod, total);
}

export function used(pod: Pod, settings: Settings): Totals {
  const total = settings.minor >= 37 ? usedSince37(pod, settings) : usedBefore37(pod);
  const spec = podLevel(pod, settings);
  const { resources, allocatedResources } = pod.status ?? {};
  if (!spec) return totals(pod, total);
  if (!settings.podLevelResize || !resources) {
    for (const [name, amount] of spec) if (isPodLevelName(name)) total.set(name, amount);
    return totals(pod, total);
  }
  const reported = [listOf(resources.requests), listOf(allocatedResources)];
  const most = greatest(isInfeasible(pod) ? reported : [spec, ...reported]);
  const names = settings.minor >= 37 ? most.keys() : spec.keys();
  for (const name of names) if (isPodLevelName(name)) total.set(name, most.get(name) ?? NOTHING);
  return totals(pod, total);
}

function usedSince37(pod: Pod, settings: Settings): Amounts {
  const infeasible = isInfeasible(pod);
  const { status } = pod;
  const entries = [...items(status?.containerStatuses), ...items(status?.initContainerStatuses)];
  const entryOf = (container: Container) => entries.find(({ name }) => (name ?? "") === (container.name ?? ""));
  const spec: ListOf = ({ resources }) => listOf(resources?.requests);
  const allocated: ListOf = (container, sidecar, isMain) => {
    const list = entryOf(container)?.allocatedResources;
    return list ? listOf(list) : infeasible ? undefined : spec(container, sidecar, isMain);
  };
  const actuated: ListOf = (container, sidecar, isMain) => {
    const list = entryOf(container)?.resources?.requests;
    return list ? listOf(list) : allocated(container, sidecar, isMain);
  };
  decided("R-NOD-30");
  const whole = settings.podLevelResize && status?.allocatedResources && status.resources?.requests;
  const states = whole
    ? [listOf(status.resources?.requests), listOf(status.allocatedResources)]
    : [aggregate(pod, actuated), aggregate(pod, allocated)];
  return greatest(infeasible ? states : [aggregate(pod, spec), ...states]);
}

function usedBefore37(pod: Pod): Amounts {
  const byName = new Map<string, ContainerStatus>();
  for (const entry of items(pod.status?.containerStatuses)) byName.set(entry.name ?? "", entry);
  for (const entry of items(pod.status?.initContainerStatuses)) byName.set(entry.name ?? "", entry);
  decided("R-NOD-30");
  return aggregate(pod, ({ name, resources }, sidecar, isMain) => {
    const spec = listOf(resources?.requests);
    const entry = byName.get(name ?? "");
    if (!entry?.resources || !(sidecar || isMain)) return spec;
    const reported = [listOf(entry.resources.requests), listOf(entry.allocatedResources)];
    return greatest(isInfeasible(pod) ? reported : [spec, ...reported]);
  });
}

function aggregate(pod: Pod, resourcesOf: ListOf): Amounts {
  const { containers, initContainers } = pod.spec ?? {};
  let total: Amounts = new Map();
  for (const container of items<Container>(containers)) total = sum(total, resourcesOf(container, false, true));
  let sidecars: Amounts = new Map();
  const peaks: Amounts[] = [];
  for (const container of items<Container>(initContainers)) {
    const sidecar = container.restartPolicy === "Always";
    const own = resourcesOf(container, sidecar, false);
    decided(sidecar ? "R-NOD-25" : "R-NOD-26");
    if (sidecar) {
      total = sum(total, own);
      sidecars = sum(sidecars, own);
      peaks.push(sidecars);
    } else peaks.push(sum(own ?? new Map(), sidecars));
  }
  return greatest([total, greatest(peaks)]);
}

function sum(a: Amounts, b: Amounts | undefined): Amounts {
  const both = new Map(a);
  for (const [name, amount] of b ?? []) {
    const known = both.get(name);
    both.set(name, known ? plus(known, amount) : amount);
  }
  return both;
}

function greatest(lists: (Amounts | undefined)[]): Amounts {
  const most: Amounts = new Map();
  for (const list of lists) {
    for (const [name, amount] of list ?? []) {
      const known: Amount | undefined = most.get(name);
      most.set(name, known ? greater(known, amount) : amount);
    }
  }
  return most;
}

function podLevel(pod: Pod, { podLevelResources }: Settings): Amounts | undefined {
  const list = listOf((pod.spec?.resources as Opt<Resources>)?.requests);
  if (!podLevelResources || !list || ![...list.keys()].some(isPodLevelName)) return undefined;
  decided("R-NOD-27");
  return list;
}

function isPodLevelName(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

function isInfeasible({ status }: Pod): boolean {
  const pending = items(status?.conditions).find(({ type }) => type === "PodResizePending");
  return pending?.reason === "Infeasible";
}

function totals(pod: Pod, list: Amounts): Totals {
  const { overhead } = pod.spec ?? {};
  if (overhead) decided("R-NOD-28");
  const whole = sum(list, listOf(overhead));
  const integers: Totals = new Map();
  for (const [name, amount] of whole) {
    if (takesPart(name)) integers.set(name, integer(amount, name === "cpu" ? 3 : 0));
    else decided("R-NOD-29");
  }
  return integers;
}

export function takesPart(name: string): boolean {
  return name === "cpu" || name === "memory" || name === "ephemeral-storage" || isScalar(name);
}

export function isScalar(name: string): boolean {
  if (/^(hugepages|attachable-volumes)-/.test(name) || name.includes("kubernetes.io/")) return true;
  return isExtended(name);
}

/** Only what stands here can be exempted by arguments (R-NOD-36). */
export function isExtended(name: string): boolean {
  if (name.includes("kubernetes.io/")) return false;
  const [prefix, rest, more] = name.split("/");
  if (rest === undefined || more !== undefined || prefix.startsWith("requests.")) return false;
  const domain = `requests.${prefix}`;
  const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  const isDomain = domain.length <= 253 && new RegExp(`^${label}(\\.${label})*$`).test(domain);
  return isDomain && rest.length <= 63 && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(rest);
}

export function listOf(texts: Opt<ResourceTexts>): Amounts | undefined {
  return texts ? new Map(Object.entries(texts).map(([name, text]) => [name, readAmount(text)])) : undefined;
}
