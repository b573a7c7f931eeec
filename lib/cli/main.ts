#!/usr/bin/env node
// cli: the command `topomatch`.

import { run } from "./run.js";

const { argv, env, stderr, stdout } = process;
process.exitCode = await run(argv.slice(2), {
  env,
  stderr,
  stdout,
  // Node opens standard input when it is first asked for.
  get stdin() {
    return process.stdin;
  },
});
