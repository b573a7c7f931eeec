// A program named `kubectl` that answers from recorded lists, to stand first on the PATH. Its words are kubectl 1.32's.

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Written } from "./objects.js";

export interface StandIn {
  /** Of the current context. */
  readonly namespace?: string;
  /** The cluster's resources; those without objects are served too. */
  readonly lists: { readonly [resource: string]: readonly Written[] };
  /** Resources that may not be listed: nowhere, or in the named namespaces alone. */
  readonly forbidden?: { readonly [resource: string]: readonly string[] };
  /** Refusals do not say what they are about. */
  readonly unnamed?: boolean;
  /** Where nothing may be listed nothing is printed either; kubectl 1.32 prints an empty list. */
  readonly bare?: boolean;
  /** Milliseconds that pass before `get` prints, and between its pieces. */
  readonly delay?: number;
  /** What `get` does, where it does not do well. */
  readonly fault?: "dies" | "is killed" | "stops early" | "prints no JSON" | "prints nothing" | "times out";
  /** Said on standard error before anything else. */
  readonly says?: string;
  /** Every call fails with these lines. */
  readonly fails?: string;
}

const PROGRAM = `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { bare, delay = 0, fails, fault, forbidden = {}, lists, namespace = "", says, unnamed } = JSON.parse(
  readFileSync(join(__dirname, "stand-in.json"), "utf8"),
);
const words = process.argv.slice(2);
appendFileSync(join(__dirname, "calls.txt"), words.join(" ") + "\\n");
const say = (line) => process.stderr.write(line + "\\n");
const valueOf = (name) => (words.find((word) => word.startsWith("--" + name + "=")) ?? "").replace(/^[^=]*=/, "");
const wait = () => new Promise((resolve) => setTimeout(resolve, delay));

main();

async function main() {
  if (words[0] === "config") return process.stdout.write(namespace);
  if (says !== undefined) say(says);
  if (fails !== undefined) {
    say(fails);
    process.exitCode = 1;
  } else if (words[0] === "api-resources") process.stdout.write([...Object.keys(lists), "secrets"].join("\\n") + "\\n");
  else await get(words[1].split(","), words.includes("--all-namespaces") ? "" : valueOf("namespace"));
}

async function get(resources, where) {
  await wait();
  const unknown = resources.find((resource) => !(resource in lists));
  if (unknown !== undefined) {
    say('error: the server doesn\\'t have a resource type "' + unknown + '"');
    process.exitCode = 1;
    return;
  }
  const items = [];
  for (const resource of resources) {
    if (resource in forbidden && !forbidden[resource].includes(where)) {
      const [name, ...group] = resource.split(".");
      const what = unnamed ? "denied by policy" : resource + ' is forbidden: User "dev" cannot list resource "' + name + '" in API group "' + group.join(".") + '" at the cluster scope';
      say("Error from server (Forbidden): " + what);
      process.exitCode = 1;
    } else items.push(...lists[resource].filter(({ metadata }) => where === "" || metadata.namespace === undefined || metadata.namespace === where));
  }
  if (bare && resources.every((resource) => resource in forbidden)) return;
  const text = JSON.stringify({ apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } }, null, 4);
  if (fault === "prints nothing") return;
  if (fault === "prints no JSON") return process.stdout.write("<html>Log in</html>\\n");
  if (fault === undefined && delay === 0) return process.stdout.write(text);
  const half = text.length >> 1;
  process.stdout.write(text.slice(0, half));
  await wait();
  if (fault === "stops early") return;
  if (fault === "is killed") process.kill(process.pid, "SIGKILL");
  if (fault === "times out") say("Error from server: etcdserver: request timed out");
  if (fault === undefined) process.stdout.write(text.slice(half));
  else process.exitCode = 1;
}
`;

/** Writes the program into a folder of its own; that folder, for the PATH. */
export function standIn(folder: string, asked: StandIn): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "stand-in.json"), JSON.stringify(asked));
  writeFileSync(join(folder, "kubectl"), PROGRAM);
  chmodSync(join(folder, "kubectl"), 0o755);
  return folder;
}

/** The calls that were made of it, in their order. */
export function callsOf(folder: string): string[] {
  return readFileSync(join(folder, "calls.txt"), "utf8").trimEnd().split("\n");
}
