// cli: the program.

import { run } from "./run.js";

const { argv, env, stderr, stdin, stdout } = process;
process.exitCode = await run(argv.slice(2), { stdin, stdout, stderr, env });
