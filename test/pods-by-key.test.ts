// Who is told that a key has its first user, and that it has lost its last one.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { podsByClaim } from "../lib/evaluate/pod-volumes.js";
import { emptyContext } from "./support/empty-context.js";

test("a key comes with its first user and goes with its last one, and what it was is still there then", () => {
  const { cluster } = emptyContext();
  const byClaim = podsByClaim(cluster);
  const told: string[] = [];
  const tell = (what: string) => (key: number) => {
    told.push(`${what} ${cluster.strings.get(byClaim.keys.get(key, 1))}`);
  };
  byClaim.listen({ came: tell("came"), went: tell("went"), joined: () => {}, leaves: () => {} });
  const put = (name: string, ...claims: string[]): number => {
    const volumes = claims.map((claimName, i) => ({ name: `v${i}`, persistentVolumeClaim: { claimName } }));
    return cluster.pods.upsert({ metadata: { name, namespace: "d" }, spec: { nodeName: "n", volumes } });
  };
  const first = put("first", "a", "b");
  byClaim.build();
  put("second", "b", "c");
  assert.equal(told.splice(0), ["came a", "came b", "came c"]);
  cluster.pods.delete(first);
  assert.equal(told.splice(0), ["went a"]);
  put("second");
  assert.equal(told.splice(0).sort(), ["went b", "went c"]);
  assert.is(byClaim.keys.size, 0);
});

test.run();
