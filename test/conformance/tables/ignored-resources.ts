// 20.7, resources that NodeResourcesFit's arguments exempt.

import type { PluginConfig } from "../../../lib/index.js";
import { pod } from "../build.js";
import type { ConformanceCase } from "../case.js";
import { asking, FIT, nodeWith, running, short, spec, tooSmall } from "../resources.js";

const GPU = "example.com/gpu";

const fitting = (args: object): readonly PluginConfig[] => [{ name: "NodeResourcesFit", args }];
const ignoring = (...ignoredResources: readonly string[]) => ({ ...FIT, pluginConfig: fitting({ ignoredResources }) });
const ignoringGroups = (...ignoredResourceGroups: readonly string[]) => ({
  ...FIT,
  pluginConfig: fitting({ ignoredResourceGroups }),
});

export const cases: readonly ConformanceCase[] = [
  {
    id: "T-342",
    title: "an ignored resource is not looked at, whether the node has none of it or too little is free",
    rules: ["R-NOD-36"],
    options: ignoring(GPU),
    objects: [
      nodeWith("n1", { cpu: "1" }),
      nodeWith("n2", { cpu: "1", [GPU]: "1" }),
      running("one", "n2", spec({ [GPU]: "1" })),
      asking({ cpu: "1", [GPU]: "1" }),
    ],
    expect: { feasible: ["n1", "n2"] },
  },
  {
    id: "T-342",
    title: "what stands before the slash may be ignored, whole",
    rules: ["R-NOD-36"],
    options: ignoringGroups("example.com"),
    objects: [nodeWith("n1", { cpu: "1" }), asking({ [GPU]: "1", "a.example.com/gpu": "1", "example.com/nic": "3" })],
    expect: { infeasible: { n1: tooSmall("Insufficient a.example.com/gpu") } },
  },
  {
    id: "T-342",
    title: "other resources are looked at beside an ignored one",
    rules: ["R-NOD-36"],
    options: ignoring(GPU),
    objects: [
      nodeWith("n1", { cpu: "1" }),
      running("one", "n1", spec({ cpu: "1" })),
      asking({ cpu: "1", [GPU]: "1", "example.com/nic": "1" }),
    ],
    expect: { infeasible: { n1: tooSmall("Insufficient cpu", "Insufficient example.com/nic") } },
  },
  {
    id: "T-342",
    title: "the number of pods is looked at where all that is asked for is ignored",
    rules: ["R-NOD-32", "R-NOD-36"],
    options: ignoring(GPU),
    objects: [nodeWith("n1", { pods: "0" }), asking({ [GPU]: "1" })],
    expect: { infeasible: { n1: short("Too many pods") } },
  },
  {
    id: "T-342",
    title: "up to 1.36 an ignored negative request does not fail either",
    rules: ["R-NOD-36"],
    options: { ...ignoring(GPU), kubernetes: "1.36" },
    objects: [nodeWith("n1", {}), running("one", "n1", spec({ [GPU]: "5" })), asking({ [GPU]: "-1" })],
    expect: { feasible: ["n1"] },
  },
  ...["hugepages-2Mi", "attachable-volumes-x", "x.kubernetes.io/y"].map(
    (name): ConformanceCase => ({
      id: "T-343",
      title: `to ignore ${name} has no effect`,
      rules: ["R-NOD-36"],
      options: {
        ...FIT,
        pluginConfig: fitting({ ignoredResources: [name], ignoredResourceGroups: ["x.kubernetes.io"] }),
      },
      objects: [nodeWith("n1", {}), asking({ [name]: "2" })],
      expect: { infeasible: { n1: tooSmall(`Insufficient ${name}`) } },
    }),
  ),
  {
    id: "T-343",
    title: "a name with both a prefix of huge pages and a slash is an extended one",
    rules: ["R-NOD-36"],
    options: ignoringGroups("hugepages-x"),
    objects: [nodeWith("n1", {}), asking({ "hugepages-x/y": "2" })],
    expect: { feasible: ["n1"] },
  },
  {
    id: "T-342",
    title: "refused: a resource that is no name",
    rules: ["R-NOD-36"],
    options: ignoring("gpu", "a b"),
    objects: [pod()],
    expect: {
      refused: {
        code: "BadOption",
        text: 'pluginConfig[0].args.ignoredResources[1] must be formed like the key of a label, but is "a b"',
      },
    },
  },
  {
    id: "T-342",
    title: "refused: a group with a slash",
    rules: ["R-NOD-36"],
    options: ignoringGroups("example.com/"),
    objects: [pod()],
    expect: {
      refused: { code: "BadOption", text: "pluginConfig[0].args.ignoredResourceGroups[0] must have no slash" },
    },
  },
];
