// objects: times that Kubernetes' decoder takes and refuses.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { isRFC3339 } from "../lib/objects/time.js";

const accepted = (texts: readonly string[]) => {
  for (const text of texts) assert.ok(isRFC3339(text), text);
};
const refused = (texts: readonly string[]) => {
  for (const text of texts) assert.not(isRFC3339(text), JSON.stringify(text));
};

test("dates and times with Z or an offset are accepted", () => {
  accepted(["2024-05-06T07:08:09Z", "2024-05-06T07:08:09+05:30", "2024-05-06T07:08:09-11:00", "0000-01-01T00:00:00Z"]);
});

test("days follow the calendar", () => {
  accepted(["2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "0000-02-29T00:00:00Z", "2023-12-31T00:00:00Z"]);
  refused(["2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-01-32T00:00:00Z"]);
  refused(["2024-00-01T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-00T00:00:00Z"]);
});

test("hours end at 23, minutes and seconds at 59", () => {
  accepted(["2024-01-01T23:59:59Z"]);
  refused(["2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2016-12-31T23:59:60Z"]);
});

test("only the hour may have one digit", () => {
  accepted(["2024-01-01T7:08:09Z"]);
  refused(["2024-1-01T07:08:09Z", "2024-01-1T07:08:09Z", "2024-01-01T07:8:09Z", "2024-01-01T07:08:9Z"]);
  refused(["24-01-01T07:08:09Z", "12024-01-01T07:08:09Z", "2024-01-01T007:08:09Z", "+024-01-01T07:08:09Z"]);
});

test("a fraction follows a point or a comma and has any number of digits", () => {
  accepted(["2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00,25Z", "2024-01-01T00:00:00.1234567890123456789+01:00"]);
  refused(["2024-01-01T00:00:00.Z", "2024-01-01T00:00:00;5Z", "2024-01-01T00:00:00.5.5Z"]);
});

test("offsets reach 24:60 and need a sign and a colon", () => {
  accepted(["2024-01-01T00:00:00+24:60", "2024-01-01T00:00:00-00:00"]);
  refused(["2024-01-01T00:00:00+25:00", "2024-01-01T00:00:00+00:61", "2024-01-01T00:00:00+0000"]);
  refused([
    "2024-01-01T00:00:00",
    "2024-01-01T00:00:00 01:00",
    "2024-01-01T00:00:00+1:00",
    "2024-01-01T00:00:00Z+01:00",
  ]);
});

test("letters are upper case and nothing stands around the time", () => {
  refused(["2024-01-01t00:00:00Z", "2024-01-01T00:00:00z", "2024-01-01 00:00:00Z", " 2024-01-01T00:00:00Z"]);
  refused(["2024-01-01T00:00:00Z ", "2024-01-01T00:00:00Z\n", "", "null", "2024-01-01", "٢٠٢٤-01-01T00:00:00Z"]);
});

test("every time that JavaScript writes is accepted", () => {
  const range = { min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true };
  fc.assert(fc.property(fc.date(range), (date) => isRFC3339(date.toISOString())));
});

test.run();
