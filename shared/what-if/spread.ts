/** Spreads what a log only sums over the time in which it happened. */
import type { LoggedRequest } from './logged-request.ts';

const minuteMillis = 60_000;
/** A refused request waits this long at most for the record that stands for it (shared/requests/request-log.ts). */
export const sampleMillis = 5_000;
/** The hits of one second are decided together. */
const seconds = 60;

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

/** The turn of a second: multiples of 37 reach all 60 seconds, far apart from each other. 13 is the inverse: 37 * 13 = 1 modulo 60. */
const turnOf = (second: number): number => (second * 13) % seconds;

/**
 * One after the other, the hits go to seconds that lie far apart. So a larger sum has in no second fewer: of two sums of one minute, one of
 * which was read while it grew, the entries of the larger are left (local/what-if/sort-requests.ts).
 * @param request at the begin of its minute.
 */
export function* spreadHits(request: LoggedRequest, count: number): Generator<LoggedRequest> {
  for (let second = 0; second < seconds; second += 1) {
    const share = Math.ceil((count - turnOf(second)) / seconds);
    if (share < 1) continue;
    const atMillis = request.atMillis + second * 1_000 + 500;
    yield { ...request, id: `${request.id}#${second}`, atMillis, count: share };
  }
}
