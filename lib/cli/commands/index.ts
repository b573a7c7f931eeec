// cli: the commands by name, in the order in which help lists them.

import { describeCheck } from "./check.js";
import type { DescribeCommand } from "./command.js";
import { describeCompletion } from "./completion.js";
import { describeExplain } from "./explain.js";
import { describeHelp } from "./help.js";
import { describeLint } from "./lint.js";
import { describePlan } from "./plan.js";
import { describeReport } from "./report.js";
import { describeVersion } from "./version.js";
import { describeWhatIf } from "./whatif.js";

export const COMMANDS: ReadonlyMap<string, DescribeCommand> = new Map([
  ["check", describeCheck],
  ["explain", describeExplain],
  ["lint", describeLint],
  ["plan", describePlan],
  ["report", describeReport],
  ["whatif", describeWhatIf],
  ["completion", describeCompletion],
  ["help", describeHelp],
  ["version", describeVersion],
]);
