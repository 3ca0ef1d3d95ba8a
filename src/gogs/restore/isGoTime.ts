/** Whether Go reads a JSON text as a time: RFC 3339, and a moment that exists. A restore stops at any other: time.Time.UnmarshalJSON. */

const RFC_3339 = /^"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))"$/;

/** `text`: with its quotes. */
export function isGoTime(text: string): boolean {
  const parts = RFC_3339.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  // Date.UTC takes the year 1 as 1901.
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60 && offsetHour < 24 && offsetMinute < 60;
}
