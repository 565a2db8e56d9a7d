/** Until when an entry is fresh, may be served while it is refreshed, or may be served when the upstream fails. */

import type { CacheRules } from '../exchange/cache-rules.ts';
import type { Entry, PolicyTerms } from './entry.ts';
import { type Directives, directiveSeconds } from './http/cache-control.ts';
import type { Sweep } from './store.ts';
import { insideSinceMillis, showsThemAsTheyAre } from './sweep/watched.ts';

type NameOf = CacheRules['nameOf'];

export type Windows = {
  readonly freshUntilMillis: number;
  readonly staleUntilMillis: number;
  readonly errorUntilMillis: number;
  /** Not served after this in any case: the bound for rights, and for records that were erased. */
  readonly lastMillis: number;
};

/**
 * The sweep verifies an entry if it runs as the entry's principal, covers the types of the entity and of the records
 * inside it that are shown, and the entity's notebooks have not changed since.
 */
const isVerifiedBy = (
  { ancestors = [], requestedAtMillis }: Entry,
  terms: PolicyTerms,
  sweep: Sweep,
  nameOf: NameOf,
): boolean => {
  const { verifiedBySweep: wanted } = terms;
  if (!wanted || wanted.principal !== sweep.principal) return false;
  const { type, insideTypes = [] } = wanted;
  if (![type, ...insideTypes].every((one) => sweep.types.includes(one))) return false;
  if (insideTypes.length > 0 && !(requestedAtMillis > insideSinceMillis(sweep.watched))) return false;
  return (
    ancestors.length === 0 ||
    (sweep.watched !== undefined && showsThemAsTheyAre(sweep.watched, ancestors.map(nameOf), requestedAtMillis))
  );
};

/**
 * An answer that states its freshness is fresh as long as it states. Any other was current when it was requested, and
 * at the last sweep that found no change. Its freshness starts at the later instant. When the sweep lags, that instant
 * does not move, and freshness ends by itself. After its longest life an entry is not served, however often it was
 * verified. Its freshness ends somewhat earlier, so that it can be refreshed in time.
 */
const openWindowsOf = (entry: Entry, sweep: Sweep, nameOf: NameOf): Windows => {
  const { terms, requestedAtMillis } = entry;
  if (!terms) {
    const { freshUntilMillis, staleUntilMillis, errorUntilMillis } = entry;
    return { freshUntilMillis, staleUntilMillis, errorUntilMillis, lastMillis: Number.POSITIVE_INFINITY };
  }
  const isVerified = isVerifiedBy(entry, terms, sweep, nameOf);
  const verified = isVerified ? Math.max(requestedAtMillis, sweep.sweptUntilMillis) : requestedAtMillis;
  const most = requestedAtMillis + terms.mostMillis;
  const errorUntilMillis = requestedAtMillis + terms.errorMillis;
  return {
    freshUntilMillis: Math.min(most - (terms.boundMillis - terms.freshMillis), verified + terms.freshMillis),
    staleUntilMillis: Math.min(most, verified + terms.boundMillis),
    errorUntilMillis,
    lastMillis: Math.max(most, errorUntilMillis),
  };
};

/** The windows of an entry. Its `servedUntilMillis` ends each of them. */
export const windowsOf = (entry: Entry, sweep: Sweep, nameOf: NameOf): Windows => {
  const windows = openWindowsOf(entry, sweep, nameOf);
  const lastMillis = Math.min(windows.lastMillis, entry.servedUntilMillis ?? Number.POSITIVE_INFINITY);
  return {
    freshUntilMillis: Math.min(windows.freshUntilMillis, lastMillis),
    staleUntilMillis: Math.min(windows.staleUntilMillis, lastMillis),
    errorUntilMillis: Math.min(windows.errorUntilMillis, lastMillis),
    lastMillis,
  };
};

/** - `fresh`: serve. - `refresh`: serve, and fetch anew meanwhile. - `validate`: ask the upstream first. */
export type Judgement = 'fresh' | 'refresh' | 'validate';

export type Circumstances = {
  readonly windows: Windows;
  readonly purged: 'none' | 'soft';
  readonly request: Directives;
  readonly nowMillis: number;
  /** Extra time past freshness while the budget is short; undefined if it is not short. */
  readonly stretchMillis?: number | undefined;
};

const callerRefuses = ({ request, windows, nowMillis }: Circumstances, ageMillis: number): boolean => {
  if (request.has('no-cache')) return true;
  const maxAge = directiveSeconds(request, 'max-age');
  if (maxAge !== undefined && ageMillis > maxAge * 1_000) return true;
  const minFresh = directiveSeconds(request, 'min-fresh');
  return minFresh !== undefined && windows.freshUntilMillis - nowMillis < minFresh * 1_000;
};

const callerAcceptsStale = ({ request, windows, nowMillis }: Circumstances): boolean => {
  const value = request.get('max-stale');
  if (value === undefined || nowMillis >= windows.lastMillis) return false;
  return value === '' || nowMillis - windows.freshUntilMillis <= (directiveSeconds(request, 'max-stale') ?? 0) * 1_000;
};

/** Freshness that the upstream stated is not stretched. */
const mayStretch = ({ terms }: Entry, { windows, nowMillis, stretchMillis }: Circumstances): boolean =>
  terms !== undefined &&
  stretchMillis !== undefined &&
  nowMillis < Math.min(windows.freshUntilMillis + stretchMillis, windows.lastMillis);

/** What may be done with an answer that was not purged hard (RFC 9111, 4.2.4 and 5.2; RFC 5861). */
export const judge = (entry: Entry, circumstances: Circumstances): Judgement => {
  const { windows, purged, nowMillis } = circumstances;
  if (entry.noCache || callerRefuses(circumstances, nowMillis - entry.bornAtMillis)) return 'validate';
  if (purged === 'none' && nowMillis < windows.freshUntilMillis) return 'fresh';
  if (entry.mustRevalidate) return 'validate';
  if (purged === 'none' && (mayStretch(entry, circumstances) || callerAcceptsStale(circumstances))) return 'fresh';
  // After a soft purge a change is known, so only an answer that states its freshness may be served during the refresh.
  const staleUntil = purged === 'soft' && entry.terms ? 0 : windows.staleUntilMillis;
  return nowMillis < staleUntil ? 'refresh' : 'validate';
};

/** Whether an entry may be served when the upstream fails. */
export const mayServeOnError = (entry: Entry, { windows, request, nowMillis }: Circumstances): boolean => {
  if (entry.mustRevalidate || entry.noCache || request.has('no-cache')) return false;
  const wanted = directiveSeconds(request, 'stale-if-error');
  if (wanted !== undefined && nowMillis - windows.freshUntilMillis > wanted * 1_000) return false;
  return nowMillis < windows.errorUntilMillis;
};
