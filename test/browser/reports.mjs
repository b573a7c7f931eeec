// The reports that are looked at: of examples, of B3's mixed cluster, and of objects with hostile names.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../lib/cli/run.js";
import { writeMixed } from "./mixed.mjs";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));

export const EXAMPLES = {
  "zone-mismatch": ["--mode", "manifests", "-f", "cluster.yaml", "-f", "class.yaml", "-f", "application.yaml"],
  "local-volumes": ["--mode", "manifests", "-f", "cluster.yaml", "-f", "pods.yaml"],
  "bound-cloud-disk": ["-f", "dump.yaml"],
  "custom-topology-key": ["--mode", "manifests", "-f", "cluster.yaml", "-f", "pods.yaml"],
};

/** Writes the report of an example into a folder; its path. */
export async function exampleReport(name, folder) {
  const words = EXAMPLES[name].map((word) => (word.endsWith(".yaml") ? join(examples, name, word) : word));
  return report(words, join(folder, `${name}.html`));
}

export async function mixedReport(folder) {
  const cluster = join(folder, "mixed.json");
  writeMixed(cluster);
  return report(["-f", cluster], join(folder, "mixed.html"));
}

export const HOSTILE = `</script><script>hacked=1</script><img src=x onerror=hacked=1>"'&\u202e`;

export async function hostileReport(folder) {
  const metadata = (name) => ({ name: `${name}${HOSTILE}`, namespace: "default" });
  const items = [
    {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: `n${HOSTILE}`, labels: { "topology.kubernetes.io/zone": HOSTILE } },
      status: { allocatable: { pods: "9" } },
    },
    { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: metadata("c"), spec: { storageClassName: HOSTILE } },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: metadata("p"),
      spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: metadata("c").name } }] },
      status: { phase: "Pending" },
    },
  ];
  const cluster = join(folder, "hostile.json");
  writeFileSync(cluster, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  return report(["-f", cluster], join(folder, "hostile.html"));
}

async function report(words, path) {
  const { stderr, stdout } = process;
  let told = "";
  const quiet = {
    write(text, done) {
      told += text;
      done();
    },
    on() {},
  };
  const io = { stdin: process.stdin, stdout: quiet, stderr: process.stdout.isTTY ? stdout : quiet, env: process.env };
  const status = await run(["report", "-q", ...words, "--html", path], io);
  if (status === 2) stderr.write(told);
  if (status === 2) throw new Error(`topomatch report ${words.join(" ")} failed`);
  return path;
}
