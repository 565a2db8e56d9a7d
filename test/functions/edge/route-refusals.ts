/** For each route the requests that it refuses because of existing records, and the reason if a status is not provoked. */
import { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { declaredErrors } from '../../../shared/routes/declared-errors.ts';
import type { RouteDefinition } from '../../../shared/routes/route.ts';
import type { Facade } from '../../support/facade.ts';
import {
  about,
  adminOf,
  aSubscription,
  exportThat,
  firstExampleOf,
  jsonOf,
  pooled,
  type Sample,
  samples,
  upload,
} from './route-samples.ts';

const sampleOf: Sample = (facade, route) => (samples[route.id] as Sample)(facade, route);

/** The request that succeeds, after something happened. */
const after =
  (happens: (facade: Facade) => unknown): Sample =>
  async (facade, route) => {
    const sample = await sampleOf(facade, route);
    await happens(facade);
    return sample;
  };

/** The request that succeeds, for the last of `times`. */
const repeated =
  (times: number): Sample =>
  async (facade, route) => {
    const sample = await sampleOf(facade, route);
    for (let count = 1; count < times; count += 1) await facade.ask(route, { as: 'admin', ...sample });
    return sample;
  };

/** A forward that never ends, so that its lease stands. */
const forwarding: Sample = async (facade) => {
  const sample = await upload(facade);
  const untilMillis = facade.clock.nowMillis() + 60_000;
  const admin = await adminOf(facade);
  await new Promise<void>((begun) => {
    const send = (): Promise<never> => {
      begun();
      return new Promise(() => {});
    };
    void facade.uploads.forward(sample.path?.uploadId ?? '', admin, false, untilMillis, send);
  });
  return sample;
};

const withoutBytes: Sample = async (facade) => {
  const sample = await upload(facade);
  await facade.bytes.remove(sample.path?.uploadId ?? '');
  return sample;
};

const theAdmin = about({ consumerId: 'admin' });
const keyOfAdmin: Sample = async ({ consumerStore }) => ({
  path: { consumerId: 'admin', keyId: (await consumerStore.read('admin'))?.keys[0]?.id ?? '' },
});
const pending: Sample = async (facade, route) => {
  const { id } = await aSubscription(facade, 'arn:aws:sqs:us-east-1:111122223333:mine');
  return about({ subscriptionId: id })(facade, route);
};
/** Others write first, whenever the route writes. */
const othersWin = after(({ consumerStore }) => {
  consumerStore.write = async () => false;
});
/** It names an upstream that the facade no longer has. */
const ofNoUpstream: Sample = async (facade) => upload(facade, '/elsewhere/entities');
const tooMany: Sample = (_facade, route) => {
  const { data } = firstExampleOf(route) as { data: { attributes: object } };
  return jsonOf({ data: { ...data, attributes: { ...data.attributes, units: 10_000_000 } } });
};
const origin = 'https://facade.example.com';

/** The part of a bulk export that has more bytes than an answer. */
const aLargePart: Sample = async (facade, route) => {
  const part = { file: '1', object: 'contents-1', offset: 9, sizeBytes: 300_000_000, sha256: 'ab', mediaType: 'a/b' };
  const manifest = Buffer.from(JSON.stringify({ kind: 'bulk', options: {}, files: [part] }));
  facade.exported.files.open = async () => Readable.from([manifest]);
  return { ...(await exportThat('succeeded', 'bulk')(facade, route)), query: { file: '1' } };
};

/** test/functions/edge/archive-routes.test.ts shows which answers are counted. */
const fullOf = (code: 'TOO_MANY_LARGE_ANSWERS' | 'LARGE_ANSWERS_UNAVAILABLE'): Sample =>
  after(({ exported, archive }) => {
    for (const { largeAnswers } of [exported, archive])
      largeAnswers.around = async () => {
        throw new AppError(code);
      };
  });
const largeAnswers = {
  TOO_MANY_LARGE_ANSWERS: fullOf('TOO_MANY_LARGE_ANSWERS'),
  LARGE_ANSWERS_UNAVAILABLE: fullOf('LARGE_ANSWERS_UNAVAILABLE'),
};

/** Of every route that calls the tenant in the caller's name. */
const ofTenant = {
  TENANT_REFUSED: after(({ tenant }) => tenant.refuseWith(403)),
  TENANT_FAILED: after(({ tenant }) => tenant.refuseWith(500)),
  TOO_MANY_REQUESTS: after(({ tenant }) => tenant.refuseWith(429)),
  TOO_MANY_LARGE_ANSWERS: after(({ tenant }) => tenant.failWith(new AppError('TOO_MANY_LARGE_ANSWERS'))),
  UPSTREAM_LATE: after(({ tenant }) => tenant.failWith(new AppError('UPSTREAM_LATE'))),
};
/** Of a route that passes the tenant's own answer on. */
const ofNative = {
  UPSTREAM_UNREADABLE: after(({ tenant }) => tenant.failWith(new AppError('UPSTREAM_UNREADABLE'))),
  TOO_MANY_LARGE_ANSWERS: ofTenant.TOO_MANY_LARGE_ANSWERS,
  UPSTREAM_LATE: ofTenant.UPSTREAM_LATE,
};
/** @param bytes one more than the route takes. */
const tooLarge = (bytes: number) => ({
  REQUEST_TOO_LARGE: async (facade: Facade, route: RouteDefinition) => ({
    ...(await sampleOf(facade, route)),
    body: Buffer.alloc(bytes),
  }),
});
const withoutVersion: Sample = async (facade, route) => {
  const { headers, ...sample } = await sampleOf(facade, route);
  const { 'if-match': _, ...others } = headers ?? {};
  return { ...sample, headers: others };
};
const ofVersioned = {
  ...ofTenant,
  VERSION_MISSING: withoutVersion,
  ENTITY_CONTENDED: after(({ tenant }) => tenant.contend()),
};
const onLatest =
  (ask: Sample): Sample =>
  async (facade, route) => {
    const sample = await withoutVersion(facade, route);
    const { headers: _, ...happened } = await ask(facade, route);
    return { ...happened, headers: sample.headers ?? {}, query: { ...sample.query, onConflict: 'retry' } };
  };
const ofWrite = { ...ofVersioned, ENTITY_CONTENDED: onLatest(ofVersioned.ENTITY_CONTENDED) };
const aForm: Sample = async (facade, route) => {
  const sample = await sampleOf(facade, route);
  return { ...sample, headers: { ...sample.headers, 'content-type': 'multipart/form-data; boundary=x' } };
};
const ofFile = { ...ofWrite, ...tooLarge(4_194_305), MEDIA_TYPE_UNKNOWN: aForm };

const ofCreation = { ...ofTenant, INVENTORY_EXISTS: after(({ tenant }) => tenant.takeBarcodes()) };

/** The header is missing, whatever the name. */
const strange: Sample = async (facade, route) => ({ ...(await sampleOf(facade, route)), headers: {} });
/** What a system of record may do to a call. */
const failing = (error: AppError | number): Sample => after(({ lists }) => lists.answerWith(error));
const brokenLists = after(({ lists }) => lists.breakStores(new AppError('LISTS_UNAVAILABLE')));
const ofLists = { LISTS_UNAVAILABLE: brokenLists };
const ofCalls = { ...ofLists, LIST_REFUSED: strange };
const ofSystems = {
  ...ofCalls,
  SOURCE_FAILED: failing(500),
  RECORDS_UNREADABLE: failing(new AppError('RECORDS_UNREADABLE')),
  ADDRESS_REFUSED: failing(new AppError('ADDRESS_REFUSED')),
  SOURCE_LATE: failing(new AppError('SOURCE_LATE')),
};
/** As a source of its own answers, whose items come from an address. */
const fromUrl =
  (error: AppError | number): Sample =>
  async (facade, route) => {
    const sample = await sampleOf(facade, route);
    await facade.lists.takeFromUrl();
    facade.lists.answerWith(error);
    return sample;
  };
const ofWrites = {
  ...ofCalls,
  SOURCE_FAILED: failing(500),
  RECORD_REFUSED: failing(409),
  RECORD_UNCERTAIN: failing(new AppError('SOURCE_LATE')),
  AUDIT_UNAVAILABLE: after(({ lists }) => lists.breakAudit(new AppError('AUDIT_UNAVAILABLE'))),
};
/** Header and body are right, and the body is no record. */
const noRecord: Sample = async (facade, route) => ({ ...(await sampleOf(facade, route)), body: Buffer.from('[]') });
const ofCreations = { ...ofLists, LIST_EXISTS: repeated(2) };

/** By the id of the route and the code. */
export const refused: Readonly<Record<string, Partial<Record<ErrorCode, Sample>>>> = {
  createUpload: { UPLOAD_LIMIT: repeated(21) },
  deleteUpload: { UPLOAD_BUSY: forwarding },
  forwardUpload: {
    ...{ UPLOAD_BUSY: forwarding, UPLOAD_EMPTY: withoutBytes, UPLOAD_DONE: repeated(2) },
    REQUEST_INVALID: ofNoUpstream,
  },
  listAssets: ofTenant,
  listBatches: ofTenant,
  listAssetBatches: ofTenant,
  readBatch: ofTenant,
  findInventoryItems: ofTenant,
  createInventoryContainer: ofCreation,
  createInventoryLocation: ofCreation,
  listTableRows: ofTenant,
  addTableRows: ofWrite,
  changeTableRow: ofWrite,
  deleteTableRow: ofWrite,
  listAttachments: ofTenant,
  addAttachment: ofFile,
  readAttachment: { ...ofTenant, ...ofNative },
  replaceAttachment: ofFile,
  changeEntity: ofWrite,
  replaceProperties: { ...ofNative, ...tooLarge(65_537) },
  listTemplates: ofTenant,
  listTemplateFields: ofTenant,
  readScim: ofNative,
  createScim: { ...ofNative, ...tooLarge(1_048_577) },
  replaceScim: { ...ofNative, ...tooLarge(1_048_577) },
  changeScim: { ...ofNative, ...tooLarge(1_048_577) },
  deleteScim: ofNative,
  readSampleRegistration: ofTenant,
  markSampleRegistered: { ...ofTenant, SAMPLE_BUSY: after(({ tenant }) => tenant.changeSamples()) },
  createExport: { EXPORT_REFUSED: after(({ exported }) => exported.hideEntities()), EXPORT_LIMIT: repeated(3) },
  retryExport: {
    EXPORT_NOT_FAILED: exportThat('queued'),
    EXPORT_REFUSED: after(({ exported }) => exported.hideEntities()),
    EXPORT_LIMIT: repeated(3),
  },
  readExportContent: {
    EXPORT_NOT_READY: exportThat('queued'),
    FILE_TOO_LARGE: aLargePart,
    ...largeAnswers,
    RANGE_UNSATISFIABLE: async (facade, route) => ({
      ...(await sampleOf(facade, route)),
      headers: { range: 'bytes=5-' },
    }),
  },
  readList: {
    ...ofCalls,
    SOURCE_FAILED: fromUrl(500),
    SOURCE_LATE: fromUrl(new AppError('SOURCE_LATE')),
  },
  readSourceRecord: { ...ofSystems, RECORD_UNKNOWN: failing(404) },
  createSourceRecord: { ...ofWrites, REQUEST_INVALID: noRecord },
  updateSourceRecord: { ...ofWrites, REQUEST_INVALID: noRecord },
  updateSourceRecordByKey: { ...ofWrites, REQUEST_INVALID: noRecord },
  ...Object.fromEntries(
    [
      ...['listLists', 'readListDefinition', 'changeList', 'removeList', 'replaceListItems', 'readListCsv'],
      ...['replaceListCsv', 'testList', 'listSources', 'readSource', 'changeSource', 'removeSource', 'testSource'],
    ].map((id) => [id, ofLists]),
  ),
  createList: ofCreations,
  createSource: ofCreations,
  createBackfill: { BACKFILL_OPEN: repeated(2) },
  changeBackfill: { BACKFILL_OVER: after(({ archive }) => archive.backfills.change(1, 'cancelled')) },
  placeHold: {
    HOLD_REFUSED: () => jsonOf({ data: { type: 'hold', attributes: { entity: 'sample:s1', reason: 'a dispute' } } }),
  },
  releaseHold: {
    HOLD_RELEASED: after(({ archive }) => archive.holds.release('experiment:e1~1', 'settled', 'admin')),
  },
  readArchiveContent: {
    ...largeAnswers,
    RANGE_UNSATISFIABLE: async (facade, route) => ({
      ...(await sampleOf(facade, route)),
      headers: { range: 'bytes=5-' },
    }),
  },
  purgeCache: { TOO_MANY_REQUESTS: repeated(61) },
  createBooking: { BOOKING_REFUSED: tooMany },
  createConsumer: { CONSUMER_EXISTS: repeated(2) },
  changeConsumer: {
    LAST_ADMIN: async () => ({
      ...{ path: { consumerId: 'admin' } },
      ...jsonOf({ data: { type: 'consumer', id: 'admin', attributes: { state: 'suspended' } } }),
    }),
  },
  deleteConsumer: { LAST_ADMIN: theAdmin },
  createConsumerKey: { KEYS_FULL: repeated(2), CONSUMER_CHANGED: othersWin },
  revokeConsumerKey: { LAST_ADMIN: keyOfAdmin, CONSUMER_CHANGED: othersWin },
  addCredential: {
    CREDENTIAL_KNOWN: repeated(2),
    CREDENTIAL_REFUSED: after(({ refuseCredentials }) => refuseCredentials()),
  },
  removeCredential: { CREDENTIAL_IN_USE: pooled() },
  createSubscription: { SUBSCRIPTIONS_FULL: repeated(21) },
  changeSubscription: { SUBSCRIPTION_PENDING: pending },
  confirmSubscription: {
    CONFIRMATION_REFUSED: after(({ clock, world }) => world.wait(clock.nowMillis())),
    SUBSCRIPTION_CHANGED: after(({ subscribers }) => {
      subscribers.store.write = async () => false;
    }),
  },
  createReplay: { SUBSCRIPTION_PENDING: pending },
  createRedrive: { SUBSCRIPTION_PENDING: pending },
  takePush: {
    HOOK_REFUSED: () => ({}),
    REQUEST_TOO_LARGE: async (facade, route) => ({ ...(await sampleOf(facade, route)), body: Buffer.alloc(1_048_577) }),

    NOTIFICATIONS_UNAVAILABLE: after(({ breakLedger }) => breakLedger(new Error())),
  },
  showSigningCheck: { REQUEST_INVALID: () => ({}) },
  postSigningCheck: { REQUEST_INVALID: () => jsonOf({}) },
  showRegisterSample: { REQUEST_INVALID: () => ({}) },
  postRegisterSample: { REQUEST_INVALID: () => jsonOf({}) },
  showRegistrationLogin: { REQUEST_INVALID: () => ({}), LINK_REFUSED: () => ({ query: { __eid: 'sample:1' } }) },
  startRegistrationLogin: {
    LINK_REFUSED: () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  },
  readRegistrationOutcome: { LINK_REFUSED: () => ({}) },
  showTokenLink: { LINK_REFUSED: () => ({ query: { ticket: 'unknown' } }) },
  startTokenLink: { LINK_REFUSED: () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }) },
  showTokenCallback: { LINK_REFUSED: () => ({ query: { access_token: 'a-token' } }) },
  finishTokenLink: {
    LINK_REFUSED: () => ({ headers: { origin, 'content-type': 'application/json' } }),
    UPSTREAM_UNREACHABLE: after(({ world }) => world.answerProbesWith({ kind: 'unknown' })),
  },
};

/** Codes that no request of this walk can provoke. */
const unprovokedCodes: Partial<Record<ErrorCode, string>> = {
  TOO_MANY_REQUESTS: "API Gateway's throttle answers it (infra/constructs/gateway-responses.ts).",
  GATEWAY_FAILED: 'API Gateway answers it when the function fails (infra/constructs/gateway-responses.ts).',
  GATEWAY_LATE: 'API Gateway answers it when the function is late (infra/constructs/gateway-responses.ts).',
  IDEMPOTENCY_IN_PROGRESS: 'The first request under the key must still run (test/shared/idempotency).',
  IDEMPOTENCY_UNREPLAYABLE: 'The first request must have ended without a known outcome (test/shared/idempotency).',
  INTERNAL: 'A fault in the code. The walk provokes it where the route reads consumers.',
};

/** API Gateway answers 400 to a request that it cannot read; these routes themselves take any query. */
const takesAnyQuery: ReadonlySet<string> = new Set([
  ...[
    'showTokenLink',
    'showTokenCallback',
    'readTokenScript',
    'readTokenStyles',
    'readDocs',
    'readDocsFile',
    'readOps',
    'readMePage',
    'takePush',
    ...['replaceProperties', 'readScim', 'createScim', 'replaceScim', 'changeScim', 'deleteScim'],
  ],
]);

/** All of these are needed: a test says so. */
export const unprovokedNames: readonly string[] = [
  ...Object.keys(unprovokedCodes),
  ...[...takesAnyQuery].map((id) => `${id} 400`),
];

const isExplained = (code: ErrorCode): boolean => unprovokedCodes[code] !== undefined;

/** Why no case provokes a declared status: the names of the reasons. Undefined = a case must. */
export const whyUnprovoked = (route: RouteDefinition, status: string): readonly string[] | undefined => {
  const codes = declaredErrors(route).filter((code) => String(errorCatalogue[code].status) === status);
  if (codes.length > 0 && codes.every(isExplained)) return codes;
  return status === '400' && takesAnyQuery.has(route.id) ? [`${route.id} 400`] : undefined;
};
