// Days and months as the registries write them.

/** `YYYY-MM-DD` of a day that is in the calendar, else undefined. */
export function parseDay(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^[12]\d{3}-\d\d-\d\d$/.test(text.trim())) return undefined;
  const day = text.trim();
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}
