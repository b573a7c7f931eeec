// upsert with ifNewer: a late event undoes nothing, whatever the length of its version.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";

const A = "11111111-1111-4111-8111-111111111111";
const B = "22222222-2222-4222-8222-222222222222";

const claim = (resourceVersion: string | undefined, volumeName: string, uid: string | undefined = A) => ({
  metadata: { name: "c", namespace: "default", resourceVersion, uid },
  spec: { volumeName },
});

/** What is known after one object came, and then another with `ifNewer`. */
function after(first: ReturnType<typeof claim>, second: ReturnType<typeof claim>): string | undefined {
  const { persistentVolumeClaims: claims } = createMatcherSync();
  const id = claims.upsert(first);
  assert.is(claims.upsert(second, { ifNewer: true }), id);
  return claims.get<ReturnType<typeof claim>>("default/c")?.spec.volumeName;
}

test("an equal or an older version is passed over, a newer one is taken", () => {
  assert.is(after(claim("5", "old"), claim("5", "new")), "old");
  assert.is(after(claim("10", "old"), claim("9", "new")), "old");
  assert.is(after(claim("9", "old"), claim("10", "new")), "new");
  assert.is(after(claim("999999999", "old"), claim("1000000000", "new")), "new");
  assert.is(after(claim("10", "old"), claim("009", "new")), "old");
  assert.is(after(claim("009", "old"), claim("10", "new")), "new");
  const digits = "18446744073709551615";
  assert.is(after(claim(digits, "old"), claim(`1${digits}`, "new")), "new");
  assert.is(after(claim(`1${digits}`, "old"), claim(digits, "new")), "old");
  assert.is(after(claim("18446744073709551616", "old"), claim(digits, "new")), "old");
});

test("another uid is another object; what has no version, or none that is a number, is taken", () => {
  assert.is(after(claim("10", "old"), claim("9", "new", B)), "new");
  assert.is(after(claim("10", "old"), claim("9", "new", "")), "new");
  assert.is(after(claim("10", "old"), claim(undefined, "new")), "new");
  assert.is(after(claim(undefined, "old"), claim("1", "new")), "new");
  assert.is(after(claim("abc", "old"), claim("abd", "new")), "new");
});

test("without ifNewer the last one counts", () => {
  const { persistentVolumeClaims: claims } = createMatcherSync();
  claims.upsert(claim("10", "old"));
  claims.upsert(claim("9", "new"));
  assert.is(claims.get<ReturnType<typeof claim>>("default/c")?.spec.volumeName, "new");
});

test("what was assumed of an object does not make it older", () => {
  const matcher = createMatcherSync();
  matcher.nodes.upsert({ metadata: { name: "n" } });
  const delayed = { volumeBindingMode: "WaitForFirstConsumer", provisioner: "csi" };
  matcher.storageClasses.upsert({ metadata: { name: "csi" }, ...delayed });
  const spec = { storageClassName: "csi" };
  const metadata = { name: "c", namespace: "default", uid: A, resourceVersion: "10" };
  matcher.persistentVolumeClaims.upsert({ metadata, spec });
  const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "c" } }];
  matcher.assume({ metadata: { name: "p" }, spec: { volumes } }, "n");
  const annotations = () => matcher.persistentVolumeClaims.get("default/c")?.metadata?.annotations;
  matcher.persistentVolumeClaims.upsert({ metadata: { ...metadata, resourceVersion: "9" }, spec }, { ifNewer: true });
  assert.equal(annotations(), { "volume.kubernetes.io/selected-node": "n" });
  matcher.persistentVolumeClaims.upsert({ metadata: { ...metadata, resourceVersion: "11" }, spec }, { ifNewer: true });
  assert.is(annotations(), undefined);
});

test.run();
