#!/usr/bin/env node
// cli: the command `kubectl_complete-topomatch`, which kubectl asks what the words behind `kubectl topomatch` can become.

import { kubectlAnswer } from "./completion/kubectl.js";
import { describedProgram } from "./program.js";

process.stdout.write(kubectlAnswer(describedProgram(), process.argv.slice(2)));
