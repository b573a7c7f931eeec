// objects: the text of a time -> whether Kubernetes' JSON decoder takes it.

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Whether Go's time package reads the text as RFC 3339. It is laxer than the RFC: an hour of one digit, a comma before
 * the fraction, and offsets up to 24:60 pass; lower-case letters, a 24th hour and a leap second do not.
 */
export function isRFC3339(text: string): boolean {
  const match = RFC3339.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, offsetHour, offsetMinute] = match.slice(1).map((digits) => Number(digits ?? 0));
  if (month < 1 || month > 12 || hour > 23 || offsetHour > 24 || offsetMinute > 60) return false;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= DAYS[month - 1] + leapDay;
}
