// plugin-config: arguments of plugins, as a profile of a KubeSchedulerConfiguration has them -> what of them counts here.

import { checkedAffinity } from "./compile/checked-affinity.js";
import { isLabelKey } from "./compile/label-grammar.js";
import type { PluginArguments } from "./compile/plugin-arguments.js";
import { DEFAULT_ARGUMENTS } from "./compile/plugin-arguments.js";
import { OptionField } from "./objects/option-field.js";
import type { NodeSelectorLike, NodeSelectorTermLike } from "./objects/types.js";
import type { Shape } from "./score/shape.js";

type Maybe<T> = T | null | undefined;

/** In a file they may say of what type they are. */
type TypeMeta = { readonly apiVersion?: Maybe<string>; readonly kind?: Maybe<string> };

export interface NodeAffinityArgs extends TypeMeta {
  /** What every node that a pod may go to must match beside the pod's own affinity. What is preferred changes nothing. */
  readonly addedAffinity?: Maybe<{
    readonly requiredDuringSchedulingIgnoredDuringExecution?: Maybe<NodeSelectorLike>;
    readonly preferredDuringSchedulingIgnoredDuringExecution?: Maybe<
      readonly { readonly weight?: Maybe<number>; readonly preference?: Maybe<NodeSelectorTermLike> }[]
    >;
  }>;
}

export interface NodeResourcesFitArgs extends TypeMeta {
  /** Names of extended resources that are not looked at. */
  readonly ignoredResources?: Maybe<readonly string[]>;
  /** What stands before the slash in names of such resources. */
  readonly ignoredResourceGroups?: Maybe<readonly string[]>;
  /** Not looked at: NodeResourcesFit does not score here. */
  readonly scoringStrategy?: Maybe<object>;
}

export interface VolumeBindingArgs extends TypeMeta {
  /** As `scoring.shape`. */
  readonly shape?: Maybe<Shape>;
  /** Changes no verdict. */
  readonly bindTimeoutSeconds?: Maybe<number>;
}

/** The arguments of one plugin. Those of plugins that are not carried out here change nothing. */
export type PluginConfig =
  | { readonly name: "NodeAffinity"; readonly args?: Maybe<NodeAffinityArgs> }
  | { readonly name: "NodeResourcesFit"; readonly args?: Maybe<NodeResourcesFitArgs> }
  | { readonly name: "VolumeBinding"; readonly args?: Maybe<VolumeBindingArgs> }
  | { readonly name: (typeof OTHERS)[number]; readonly args?: Maybe<object> };

const OTHERS = [
  "DefaultPreemption",
  "DynamicResources",
  "InterPodAffinity",
  "NodeResourcesBalancedAllocation",
  "PodTopologySpread",
] as const;

const API_VERSION = "kubescheduler.config.k8s.io/v1";

export interface ResolvedPluginConfig {
  readonly args: PluginArguments;
  /** VolumeBinding's, as it was given. */
  readonly shape: OptionField | undefined;
}

/** @throws TopologyError `BadOption` for what kube-scheduler refuses, and for a plugin that is unknown. */
export function resolvePluginConfig(given: readonly PluginConfig[] | undefined): ResolvedPluginConfig {
  const resolved: { args: PluginArguments; shape: OptionField | undefined } = {
    args: DEFAULT_ARGUMENTS,
    shape: undefined,
  };
  const seen = new Set<string>();
  for (const item of new OptionField("pluginConfig", given).items()) {
    const [name, args] = item.fields("name", "args");
    const plugin = name.text();
    if (seen.has(plugin)) throw name.bad("must be another plugin each time");
    seen.add(plugin);
    switch (plugin) {
      case "NodeAffinity":
        resolved.args = {
          ...resolved.args,
          addedAffinity: checkedAffinity(fieldsOf(args, plugin, "addedAffinity")[0]),
        };
        break;
      case "NodeResourcesFit": {
        const [names, groups] = fieldsOf(args, plugin, "ignoredResources", "ignoredResourceGroups", "scoringStrategy");
        const [ignoredResources, ignoredResourceGroups] = [checkedNames(names, false), checkedNames(groups, true)];
        resolved.args = { ...resolved.args, ignoredResources, ignoredResourceGroups };
        break;
      }
      case "VolumeBinding": {
        const [shape, timeout] = fieldsOf(args, plugin, "shape", "bindTimeoutSeconds");
        if (timeout.integer() < 0) throw timeout.bad("must not be negative");
        // An empty one stands for the default, as kube-scheduler reads it.
        if (shape.items().length > 0) resolved.shape = shape;
        break;
      }
      default:
        if (!(OTHERS as readonly string[]).includes(plugin)) throw name.bad("must be a plugin that takes arguments");
    }
  }
  return resolved;
}

/** The named fields of a plugin's arguments, whose type may be told. */
function fieldsOf(args: OptionField, plugin: string, ...known: readonly string[]): readonly OptionField[] {
  const [version, kind, ...fields] = args.fields("apiVersion", "kind", ...known);
  if (!version.isMissing && version.value !== API_VERSION) throw version.bad(`must be ${API_VERSION}`);
  if (!kind.isMissing && kind.value !== `${plugin}Args`) throw kind.bad(`must be ${plugin}Args`);
  return fields;
}

function checkedNames(list: OptionField, groups: boolean): readonly string[] {
  return list.items().map((item) => {
    const name = item.text();
    if (groups && name.includes("/")) throw item.bad("must have no slash");
    if (!isLabelKey(name)) throw item.bad("must be formed like the key of a label");
    return name;
  });
}
