// Names of claims and annotations, with what the rules make of them.

import { DRIVER } from "./objects.js";

/** Claim name -> its offset among 2, 3, 4 and 5 terms (R-TOP-13). */
export const OFFSETS: { readonly [name: string]: readonly number[] } = {
  "testpvcA-testset-1": [0, 0, 0, 1],
  "testpvc-testset-3": [0, 2, 2, 3],
  "data-web-0": [1, 0, 1, 0],
  "data-web-1": [0, 1, 2, 1],
  mypvc: [0, 2, 0, 4],
  "my-pvc": [1, 0, 1, 1],
  "pvc-007": [1, 2, 1, 3],
  "pvc-4294967295": [1, 0, 1, 0],
  "pvc-4294967296": [1, 1, 1, 4],
  "a--3": [0, 1, 0, 4],
};

export const HASHES: { readonly [text: string]: number } = {
  testset: 1633848515,
  web: 1181096325,
  pvc: 964120306,
  a: 84696446,
  "": 2166136261,
};

/** Annotations of a claim -> whether it is attempted (R-TOP-1 b), with a class of DRIVER and one of an in-tree plugin. */
export const HANDED_OVER: readonly (readonly [
  title: string,
  provisioner: string,
  annotations: object,
  attempted: boolean,
])[] = [
  ["the annotation names the driver", DRIVER, { "volume.kubernetes.io/storage-provisioner": DRIVER }, true],
  ["only the beta annotation does", DRIVER, { "volume.beta.kubernetes.io/storage-provisioner": DRIVER }, true],
  [
    "an empty annotation hides the beta one",
    DRIVER,
    { "volume.kubernetes.io/storage-provisioner": "", "volume.beta.kubernetes.io/storage-provisioner": DRIVER },
    false,
  ],
  ["migrated-to alone", DRIVER, { "pv.kubernetes.io/migrated-to": DRIVER }, false],
  [
    "migrated-to beside an unrelated name",
    DRIVER,
    { "volume.kubernetes.io/storage-provisioner": "x", "pv.kubernetes.io/migrated-to": DRIVER },
    false,
  ],
  [
    "migrated-to beside the in-tree name",
    "kubernetes.io/cinder",
    {
      "volume.kubernetes.io/storage-provisioner": "kubernetes.io/cinder",
      "pv.kubernetes.io/migrated-to": "cinder.csi.openstack.org",
    },
    true,
  ],
  [
    "the in-tree name without migrated-to",
    "kubernetes.io/cinder",
    { "volume.kubernetes.io/storage-provisioner": "kubernetes.io/cinder" },
    false,
  ],
  [
    "the driver's name, the class an in-tree one",
    "kubernetes.io/cinder",
    { "volume.kubernetes.io/storage-provisioner": "cinder.csi.openstack.org" },
    true,
  ],
];
