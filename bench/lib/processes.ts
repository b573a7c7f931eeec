// Runs one exported function of a bench file in a fresh process, and takes what it returns from there.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** `file` is relative to bench/ and without its ending, such as `load.bench`. */
export function inFreshProcess<R>(file: string, task: string, ...parameters: readonly unknown[]): Promise<R> {
  const child = fork(fileURLToPath(new URL("child.js", import.meta.url)), [file, task, JSON.stringify(parameters)], {
    execArgv: [
      "--expose-gc",
      "--max-old-space-size=8192",
      ...(process.env.BENCH_NODE_ARGS ?? "").split(" ").filter(Boolean),
    ],
  });
  return new Promise((resolve, reject) => {
    let result: { value: R } | undefined;
    child.on("message", (message) => {
      result = message as { value: R };
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (result !== undefined && code === 0) resolve(result.value);
      else reject(new Error(`${file} ${task} ended with ${signal ?? `exit status ${code}`}`));
    });
  });
}
