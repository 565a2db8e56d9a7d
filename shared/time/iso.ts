/** `2026-06-01T08:00:00.000Z`, as documents and stores spell instants. */
export const toIso = (millis: number): string => new Date(millis).toISOString();

export const toIsoOrNothing = (millis: number | undefined): string | undefined =>
  millis === undefined ? undefined : toIso(millis);
