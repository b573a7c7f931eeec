// cli: `topomatch version`, the same as --version.

import { version } from "../help.js";
import type { DescribeCommand } from "./command.js";

export const describeVersion: DescribeCommand = (command, choose) => {
  command
    .summary("print the version")
    .description("Prints the version of topomatch.")
    .usage("")
    .action(() =>
      choose(async ({ stdout }) => {
        await stdout.write(`${version()}\n`);
        return 0;
      }),
    );
};
