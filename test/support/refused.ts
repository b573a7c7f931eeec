// A check of what a TopologyError says.

import * as assert from "uvu/assert";
import type { TopologyErrorCode } from "../../lib/index.js";
import { TopologyError } from "../../lib/index.js";

/** For `assert.throws`: the error has this code, path and sentence. */
export function refused(code: TopologyErrorCode, path: string, message: string) {
  return (error: unknown): boolean => {
    assert.instance(error, TopologyError, String(error));
    const { code: actual, message: text, path: where } = error as TopologyError;
    assert.equal({ code: actual, path: where, message: text }, { code, path, message });
    return true;
  };
}
