// compile: a pod -> the resources that it asks for, or that it uses where it runs, as exact amounts.

import type { Cluster } from "../intern/cluster.js";
import { POD } from "../intern/cluster.js";
import { parseQuantity } from "../objects/quantity.js";
import type { PluginArguments } from "./plugin-arguments.js";
import type { Container, ContainerStatus } from "./pod-containers.js";
import { isResizeInfeasible, readContainers, readRequests, readStatuses } from "./pod-containers.js";
import type { ResourceList } from "./resource-lists.js";
import { addResources, maxResources, raiseResources, readResources } from "./resource-lists.js";
import type { ResourceNames } from "./resource-names.js";

/** What releases and gates change. */
export interface ResourceRules {
  /** 37 for 1.37. */
  readonly minor: number;
  readonly podLevelResources: boolean;
  readonly podLevelResize: boolean;
  readonly args: PluginArguments;
}

/** The three that the scheduler weighs for a pod on a node. */
interface States {
  readonly spec: ResourceList | undefined;
  readonly actuated: ResourceList | undefined;
  readonly allocated: ResourceList | undefined;
}

const ZERO = parseQuantity("0");

export class PodResources {
  constructor(
    readonly cluster: Cluster,
    readonly names: ResourceNames,
    readonly rules: ResourceRules,
  ) {}

  /** What a candidate asks for. */
  requested(pod: number): ResourceList {
    const { pods } = this.cluster;
    // kube: R-NOD-24 requests count, limits do not.
    const total = this.#aggregate(pod, ({ requests }) => requests);
    const podLevel = this.#podLevelRequests(pod);
    if (podLevel !== undefined) this.#replace(total, podLevel);
    return this.#withOverhead(total, pods.get(pod, POD.overhead));
  }

  /** What a pod uses on its node. */
  used(pod: number): ResourceList {
    const { cluster, rules } = this;
    const { pods } = cluster;
    const infeasible = isResizeInfeasible(cluster, pods.get(pod, POD.conditions));
    const total = rules.minor >= 37 ? this.#usedByPod(pod, infeasible) : this.#usedByContainers(pod, infeasible);
    const podLevel = this.#podLevelRequests(pod);
    if (podLevel !== undefined) this.#replaceUsed(total, podLevel, pod, infeasible);
    return this.#withOverhead(total, pods.get(pod, POD.overhead));
  }

  /** From 1.37 on: each state is added up over the containers, then the greatest counts. */
  #usedByPod(pod: number, infeasible: boolean): ResourceList {
    const { cluster, rules } = this;
    const { pods, strings } = cluster;
    const spec = this.#aggregate(pod, ({ requests }) => requests);
    const statuses = this.#statuses(pod);
    const statusOf = ({ name }: Container) => statuses.find((status) => status.name === name);
    const block = pods.get(pod, POD.allocatedResources);
    let allocated = block === 0 ? undefined : readResources(cluster.blocks.cursor(block), strings);
    let actuated = readRequests(cluster, pods.get(pod, POD.statusResources));
    if (!rules.podLevelResize || allocated === undefined || actuated === undefined) {
      const nothing: ResourceList = new Map();
      // kube: R-NOD-30 what a status lacks is read from the one before it, and in the end from the spec.
      const allocatedOf = (container: Container): ResourceList =>
        statusOf(container)?.allocated ?? (infeasible ? nothing : container.requests);
      allocated = this.#aggregate(pod, allocatedOf);
      actuated = this.#aggregate(pod, (container) => statusOf(container)?.actuated ?? allocatedOf(container));
    }
    return effective({ spec, actuated, allocated }, infeasible);
  }

  /** Up to 1.36: the greatest counts container by container, then they are added up. */
  #usedByContainers(pod: number, infeasible: boolean): ResourceList {
    const statuses = this.#statuses(pod);
    return this.#aggregate(pod, ({ name, requests }, main) => {
      // kube: R-NOD-30 up to 1.36 ordinary init containers, and those without a report, use what their spec says.
      const status = main ? statuses.findLast((known) => known.name === name) : undefined;
      if (status === undefined || !status.reported) return requests;
      return effective({ spec: requests, ...status }, infeasible);
    });
  }

  /** In the order in which they are looked through for a name; up to 1.36 the last one of the name counts. */
  #statuses(pod: number): ContainerStatus[] {
    const { cluster } = this;
    const { pods } = cluster;
    return [POD.containerStatuses, POD.initContainerStatuses].flatMap((column) =>
      readStatuses(cluster, pods.get(pod, column)),
    );
  }

  /** What the containers need at the most; `main`: one that runs as long as the pod does. */
  #aggregate(pod: number, resourcesOf: (container: Container, main: boolean) => ResourceList): ResourceList {
    const { cluster } = this;
    const { pods } = cluster;
    // kube: R-NOD-25 all containers and sidecars together, or an init container and the sidecars before it.
    const total: ResourceList = new Map();
    for (const container of readContainers(cluster, pods.get(pod, POD.containers))) {
      addResources(total, resourcesOf(container, true));
    }
    const sidecars: ResourceList = new Map();
    const peak: ResourceList = new Map();
    for (const container of readContainers(cluster, pods.get(pod, POD.initContainers))) {
      const { sidecar } = container;
      const needed = resourcesOf(container, sidecar);
      if (sidecar) {
        addResources(total, needed);
        addResources(sidecars, needed);
        raiseResources(peak, sidecars);
      } else {
        // kube: R-NOD-26 an ordinary init container does not run beside later sidecars.
        const alone = new Map(needed);
        addResources(alone, sidecars);
        raiseResources(peak, alone);
      }
    }
    raiseResources(total, peak);
    return total;
  }

  /** spec.resources.requests, where they say something about the whole pod. */
  #podLevelRequests(pod: number): ResourceList | undefined {
    const { cluster, names, rules } = this;
    if (!rules.podLevelResources) return undefined;
    const requests = readRequests(cluster, cluster.pods.get(pod, POD.resources));
    if (requests === undefined) return undefined;
    for (const name of requests.keys()) if (names.isPodLevel(name)) return requests;
    return undefined;
  }

  #replace(total: ResourceList, by: ResourceList): void {
    // kube: R-NOD-27 what is said about the whole pod replaces the sum, though it be smaller.
    for (const [name, amount] of by) if (this.names.isPodLevel(name)) total.set(name, amount);
  }

  #replaceUsed(total: ResourceList, spec: ResourceList, pod: number, infeasible: boolean): void {
    const { cluster, rules } = this;
    const { pods } = cluster;
    const resources = pods.get(pod, POD.statusResources);
    if (!rules.podLevelResize || resources === 0) {
      this.#replace(total, spec);
      return;
    }
    const block = pods.get(pod, POD.allocatedResources);
    const allocated = block === 0 ? undefined : readResources(cluster.blocks.cursor(block), cluster.strings);
    // kube: R-NOD-30 of a pod that is resized as a whole the greatest of its three states replaces the sum.
    const by = effective({ spec, actuated: readRequests(cluster, resources), allocated }, infeasible);
    // Up to 1.36 the names are those of the spec, and what no state has counts as nothing.
    if (rules.minor >= 37) this.#replace(total, by);
    else this.#replace(total, new Map(Array.from(spec.keys(), (name) => [name, by.get(name) ?? ZERO])));
  }

  #withOverhead(total: ResourceList, overhead: number): ResourceList {
    const { blocks, strings } = this.cluster;
    // kube: R-NOD-28 the overhead comes on top, also of what was replaced.
    if (overhead !== 0) addResources(total, readResources(blocks.cursor(overhead), strings));
    return total;
  }
}

function effective({ spec, actuated, allocated }: States, infeasible: boolean): ResourceList {
  // kube: R-NOD-30 a resize that cannot be leaves the spec out.
  return infeasible ? maxResources(actuated, allocated) : maxResources(spec, actuated, allocated);
}
