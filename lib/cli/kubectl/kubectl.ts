// cli: the questions that a cluster is asked through kubectl.

import { text } from "node:stream/consumers";
import type { KubectlArguments } from "../arguments.js";
import { Failure } from "../failure.js";
import type { Io } from "../io.js";
import type { Progress } from "../progress.js";
import { KubectlCall } from "./call.js";
import type { Resource } from "./resources.js";
import { RESOURCES } from "./resources.js";
import { isFault } from "./sentences.js";

export const DEFAULT_NAMESPACE = "default";

export class Kubectl {
  readonly #flags: readonly string[];

  constructor(
    { context, kubeconfig }: KubectlArguments,
    readonly io: Io,
    readonly progress: Progress,
  ) {
    this.#flags = [
      ...(context === undefined ? [] : [`--context=${context}`]),
      ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ];
  }

  /** The namespace of the context; `default` where that names none, or where there is no context. */
  async namespace(): Promise<string> {
    const call = this.#start(["config", "view"], ["--minify", "--output=jsonpath={..namespace}"], () => {});
    const namespace = (await text(this.chunksOf(call))).trim();
    const failure = await call.failure();
    // Who cannot run kubectl is told now; whatever else is wrong, the next call says better.
    if (failure !== undefined && call.said.length === 0) throw failure;
    return failure === undefined && namespace !== "" ? namespace : DEFAULT_NAMESPACE;
  }

  /**
   * Those of the resources that the cluster has: where it lacks one that is asked for, kubectl lists none.
   * @throws Failure where the cluster cannot be reached.
   */
  async resources(): Promise<readonly Resource[]> {
    const call = this.#start(["api-resources"], ["--verbs=list", "--output=name"]);
    const names = new Set((await text(this.chunksOf(call))).split(/\s+/));
    const failure = await call.failure();
    const found = RESOURCES.filter(({ name }) => names.has(name));
    if (found.length > 0) {
      // Where a server that only extends the API is down, kubectl names the rest, and fails.
      if (failure !== undefined) this.#hear(failure.message);
      return found;
    }
    throw failure ?? new Failure("kubectl api-resources names no kind that is looked at");
  }

  /** Lists resources of one namespace, or of all. */
  list(resources: readonly Resource[], namespace: string | undefined): KubectlCall {
    const scope = namespace === undefined ? "--all-namespaces" : `--namespace=${namespace}`;
    return this.#start(["get", resources.map(({ name }) => name).join(",")], [scope, "--output=json"]);
  }

  /** What a call prints; while it prints nothing, a line says that it is waited for. */
  async *chunksOf(call: KubectlCall): AsyncGenerator<Uint8Array> {
    const name = `kubectl ${call.words[0]}`;
    const stop = this.progress.waiting(() => `waiting for ${name}`);
    try {
      for await (const chunk of call.chunks()) {
        stop();
        yield chunk;
      }
    } finally {
      stop();
    }
  }

  #start(words: readonly string[], flags: readonly string[], hear = (line: string) => this.#hear(line)): KubectlCall {
    return new KubectlCall(words, [...flags, ...this.#flags], this.io.env, hear);
  }

  /** Passes on at once what is no fault: somebody may have to log in. */
  #hear(line: string): void {
    if (!isFault(line)) this.progress.say(line.startsWith("kubectl ") ? line : `kubectl: ${line}`);
  }
}
