/** Spreads what a log only sums over the time in which it happened. */
import type { LoggedRequest } from './logged-request.ts';

const minuteMillis = 60_000;
/** A refused request waits this long at most for the record that stands for it (shared/requests/request-log.ts). */
export const sampleMillis = 5_000;
/** Groups that a sum of hits of a minute becomes: the hits of one second are decided together. */
const hitGroups = 60;

/** @param count of all. The last one is the logged request itself. */
export function* spreadRefusals(request: LoggedRequest, count: number, overMillis: number): Generator<LoggedRequest> {
  const fromMillis = Math.max(
    request.atMillis - (request.atMillis % minuteMillis),
    Math.min(request.atMillis, request.atMillis - overMillis),
  );
  for (let index = 1; index < count; index += 1) {
    const atMillis = Math.floor(fromMillis + ((request.atMillis - fromMillis) * index) / count);
    yield { ...request, id: `${request.id}#${index}`, atMillis };
  }
  yield request;
}

/** @param request at the begin of its minute. */
export function* spreadHits(request: LoggedRequest, count: number): Generator<LoggedRequest> {
  const groups = Math.min(hitGroups, count);
  for (let index = 0; index < groups; index += 1) {
    const share = Math.floor((count * (index + 1)) / groups) - Math.floor((count * index) / groups);
    const atMillis = request.atMillis + Math.floor((minuteMillis * (index + 0.5)) / groups);
    yield { ...request, id: `${request.id}#${index}/${groups}`, atMillis, count: share };
  }
}
