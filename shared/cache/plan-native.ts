/** Plans for the facade. Every header that is sent upstream is in the key, and every other header is not sent. */
import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { entityOf } from '../catalogue/catalogue.ts';
import type { AncestorsOf, CacheRules } from '../exchange/cache-rules.ts';
import { isServicePrincipal } from '../exchange/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { RequestBody } from '../exchange/transport.ts';
import { isForwarded } from '../http/forwarded-headers.ts';
import {
  combinedField,
  contentEncodingOf,
  type Headers,
  headerValue,
  listMembers,
  withoutFields,
} from '../http/headers.ts';
import { isSafeMethod } from '../http/safe-methods.ts';
import { drawFrom } from './draw.ts';
import type { EntryRules } from './make-entry.ts';
import { plainRules } from './plain-rules.ts';
import type { Plan, ReadPlan, WritePlan } from './plan.ts';
import { type CachePolicy, defaultPolicy, termsOf } from './policy.ts';
import type { EntryKey, EntryStore } from './store.ts';
import { everything, recordTag, tagsOfPrincipal } from './tags.ts';

/** Reads with larger request bodies are not cached, because the key would cost more than it saves. */
const mostRequestBodyBytes = 262_144;

/** The cache itself answers conditions and directives. It sends the coding and the user agent in a form of its own. */
const isAnsweredHere = (name: string): boolean =>
  name.startsWith('if-') || ['cache-control', 'range', 'user-agent', 'accept-encoding'].includes(name);

/** Fields that are in the key and are sent: sorted, with normalised blanks in lists. */
const keyedHeaders = ({ request, upstream }: Exchange): Headers => [
  ['accept-encoding', codingFor(request.headers)],
  ...withoutFields(request.headers, new Set(upstream.credentialHeaders))
    .filter(([name]) => isForwarded(name, upstream.addedHeaders ?? []) && !isAnsweredHere(name))
    .map(([name, value]): readonly [string, string] => [
      name,
      name === 'accept' ? listMembers(value).join(', ') : value,
    ])
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
];

/**
 * The user agent on reads that may be shared. Callers with different user agents share an entry, and none can shape
 * another's.
 */
const ownUserAgent: Headers[number] = ['user-agent', 'signals-facade'];

const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'base64url');

/**
 * Whether the caller accepts gzip. Two codings are enough for all callers; other accepted codings make no entry of
 * their own.
 */
const codingFor = (headers: Headers): 'gzip' | 'identity' => {
  const members = listMembers(combinedField(headers, 'accept-encoding')?.toLowerCase());
  const gzip = members.find((member) => /^(x-)?gzip\b/.test(member));
  return gzip !== undefined && !/;\s*q=0(\.0*)?$/.test(gzip) ? 'gzip' : 'identity';
};

const tenantNames = new WeakMap<Exchange['upstream'], string>();

/** Names the tenant in keys, so that one table can outlive a change of tenant. */
export const tenantOf = (upstream: Exchange['upstream']): string => {
  const known = tenantNames.get(upstream);
  if (known !== undefined) return known;
  const { name, origin, basePath } = upstream;
  const tenant = `${name}@${sha256(origin + basePath).slice(0, 12)}`;
  tenantNames.set(upstream, tenant);
  return tenant;
};

/** Larger texts are not searched for ids. */
const mostTextBytes = 1_048_576;

/**
 * A body that can be searched for ids, which are plain ASCII; undefined if it cannot be read: a stream, or an unknown
 * coding.
 */
const textIn = (headers: Headers, body: RequestBody | undefined): string | undefined => {
  if (body === undefined) return '';
  if (!(body instanceof Uint8Array)) return undefined;
  const coding = contentEncodingOf(headers)?.toLowerCase() ?? 'identity';
  if (coding === 'identity') return Buffer.from(body).toString('latin1');
  if (!/^(x-)?gzip$/.test(coding)) return undefined;
  try {
    return gunzipSync(body, { maxOutputLength: mostTextBytes }).toString('latin1');
  } catch {
    return undefined;
  }
};

const rulesOf = ({ cache = plainRules }: Exchange['upstream']): CacheRules => cache;

export const createNativePlanner = (store: Pick<EntryStore, 'ancestorsIn'>, policy: CachePolicy = defaultPolicy) => {
  const partitionOf = ({ upstream }: Exchange, id: string): string =>
    `E#${tenantOf(upstream)}#${rulesOf(upstream).nameOf(id)}`;

  const keyOf = (exchange: Exchange, headers: Headers): EntryKey => {
    const { principal, request, target, upstream } = exchange;
    const body = request.body instanceof Uint8Array ? sha256(request.body) : '';
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const parts = [tenantOf(upstream), principal, method, target, body, headers];
    const id = sha256(JSON.stringify(parts));
    const record = entityOf(exchange);
    return { partition: record === undefined ? `K#${id}` : partitionOf(exchange, record), id };
  };

  const entryRulesOf = (exchange: Exchange): EntryRules => ({
    keyedByPrincipal: true,
    cookies: false,
    serverErrors: false,
    guessFreshness: false,
    statedErrorMillis: 0,
    mostServedMillis: isServicePrincipal(exchange.principal) ? undefined : policy.boundMillis - policy.clockSkewMillis,
    variesByKey: true,
    obeysUpstream: policy.statedFreshness === 'obey',
    terms: ({ status }) => {
      const type = rulesOf(exchange.upstream).changes?.typeOf(exchange, status);
      return termsOf(policy, exchange.operation, { type, principal: exchange.principal }, status);
    },
    cacheClass: exchange.operation.cache,
  });

  const planRead = (exchange: Exchange): ReadPlan => {
    const headers = keyedHeaders(exchange);
    const rules = rulesOf(exchange.upstream);
    return {
      kind: 'read',
      key: keyOf(exchange, headers),
      tags: [...rules.tagsOfRead(exchange, exchange.target), ...tagsOfPrincipal(exchange.principal)],
      requestHeaders: exchange.request.headers,
      forwardHeaders: [...headers, ownUserAgent],
      ownField: ownUserAgent[0],
      rules: entryRulesOf(exchange),
      variantKey: undefined,
      nameOf: rules.nameOf,
      draw: (answer, body, head) => drawFrom(policy, rules, answer, body, head),
      cacheClass: exchange.operation.cache,
    };
  };

  const ancestorsOf =
    (exchange: Exchange): AncestorsOf =>
    (id) =>
      // Unknown ancestors cost more, but are safe: the classes above are purged instead.
      store.ancestorsIn(partitionOf(exchange, id)).catch(() => undefined);

  const planWrite = (exchange: Exchange): WritePlan => {
    const { request, target, operation } = exchange;
    const rules = rulesOf(exchange.upstream);
    const id = entityOf(exchange);
    const written = { ...exchange, target, request: textIn(request.headers, request.body) };
    const wide = exchange.lookalike ? [everything] : rules.wideTagsOfWrite(written);
    // Polling a job changes nothing itself. What the job did is purged when it is seen.
    const isLook = operation.kind === 'async-status';
    return {
      kind: 'write',
      marked: isLook
        ? undefined
        : [...wide.filter((tag) => !rules.isShortLived(tag)), ...(id === undefined ? [] : [recordTag(rules, id)])],
      touched: async (answer) =>
        exchange.lookalike
          ? wide
          : rules.tagsOfWrite(
              exchange,
              {
                target,
                request: written.request,
                answer: answer ? answer.body && textIn(answer.headers, answer.body) : '',
              },
              ancestorsOf(exchange),
            ),
    };
  };

  /** The upstream answers ranges. A path with two readings may name two entities. */
  const isClear = ({ request, lookalike }: Exchange): boolean =>
    lookalike === undefined && headerValue(request.headers, 'range') === undefined;

  const isCacheable = (exchange: Exchange): boolean => isClear(exchange) && isCacheableKind(exchange);

  const isCacheableKind = ({ operation, request }: Exchange): boolean =>
    operation.cache !== 'never' &&
    (operation.kind === 'read' ||
      (operation.kind === 'read-body' &&
        (request.body === undefined ||
          (request.body instanceof Uint8Array && request.body.byteLength <= mostRequestBodyBytes))));

  /** A job changes records until it is done, so each poll counts as a write. */
  const changesRecords = ({ operation, upstream }: Exchange): boolean =>
    ['write', 'delete'].includes(operation.kind) ||
    (operation.kind === 'async-start' && operation.scope !== 'export') ||
    (operation.kind === 'async-status' && rulesOf(upstream).jobMayChange(operation));

  return (exchange: Exchange): Plan => {
    if (isCacheable(exchange)) return planRead(exchange);
    const { kind } = exchange.operation;
    if (changesRecords(exchange) && (kind === 'async-status' || !isSafeMethod(exchange.request.method)))
      return planWrite(exchange);
    return { kind: 'pass', fwd: 'bypass' };
  };
};
