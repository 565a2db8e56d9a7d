/** For each route a request that succeeds: the records that it needs, and the request itself. */
import type { RouteDefinition } from '../../../shared/routes/route.ts';
import { eid } from '../../shared/actions/entity-tenant.ts';
import { aRecord, requestId } from '../../shared/requests/support.ts';
import { cannedFile, cannedLibrary, cannedSample, cannedTable } from '../../support/canned-tenant.ts';
import { secretOfLists } from '../../support/facade/lists.ts';
import type { Facade, FacadeRequest } from '../../support/facade.ts';

export type Sample = (facade: Facade, route: RouteDefinition) => FacadeRequest | Promise<FacadeRequest>;

export const firstExampleOf = ({ examples = [] }: RouteDefinition): unknown => examples[0]?.value;

const nothingElse: Sample = () => ({});
/** A JSON:API document as a body. */
export const jsonOf = (document: unknown) => ({
  headers: { 'content-type': 'application/vnd.api+json' },
  body: Buffer.from(JSON.stringify(document)),
});
const example: Sample = (_facade, route) => jsonOf(firstExampleOf(route));
export const about =
  (path: Readonly<Record<string, string>>): Sample =>
  async (facade, route) => ({ ...(route.examples ? await example(facade, route) : {}), path });

const ofApp = about({ consumerId: 'app' });

const hour = 3_600_000;
const booked: Sample = async ({ bookings, clock }) => {
  const fromMillis = clock.nowMillis() + hour;
  const answer = await bookings.book({ consumerId: 'admin', units: 60, fromMillis, untilMillis: fromMillis + hour });
  if (answer.kind !== 'admitted') throw new Error('no booking');
  return { path: { bookingId: answer.booking.id } };
};

export const pooled =
  (state?: 'disabled'): Sample =>
  async (facade, route) => {
    const { id } = await facade.credentials.add({ upstream: 'signals', owner: 'svc', secret: 'secret-1' });
    if (state) await facade.credentials.change('signals', id, { state });
    return about({ credentialId: id })(facade, route);
  };

const keyOfApp: Sample = async ({ consumerStore }) => ({
  path: { consumerId: 'app', keyId: (await consumerStore.read('app'))?.keys[0]?.id ?? '' },
});

const anna = { 'x-on-behalf-of': 'anna' };
/** Anna's token, linked by `admin`. */
const linked: Sample = async ({ world, consumerStore }) => {
  const incarnation = (await consumerStore.read('admin'))?.consumer.incarnation ?? '';
  await world.link({ consumerId: 'admin', incarnation, version: 'token-1' });
  return { headers: anna, path: { tokenId: 'token-1' } };
};

const uploadPath = '/api/rest/v1.0/entities/experiment:e1/children/a.bin';
export const adminOf = async ({ consumerStore }: Pick<Facade, 'consumerStore'>) =>
  (await consumerStore.read('admin'))?.consumer ?? { id: 'admin' };
export const upload = async (facade: Facade, path = uploadPath): Promise<FacadeRequest> => {
  const { uploads, bytes } = facade;
  const wanted = { method: 'POST', path, mediaType: 'application/octet-stream', sizeBytes: 1 } as const;
  const { upload: made } = await uploads.create(await adminOf(facade), wanted);
  bytes.put(made.id, Buffer.from('x'));
  return { path: { uploadId: made.id } };
};

const origin = 'https://facade.example.com';
const ticketOf = async ({ links, consumerStore }: Facade): Promise<string> => {
  const incarnation = (await consumerStore.read('admin'))?.consumer.incarnation ?? '';
  const link = await links.create({ upstream: 'signals', consumerId: 'admin', incarnation, subject: 'anna' }, origin);
  return new URL(link.url).searchParams.get('ticket') ?? '';
};
const form: Sample = async (facade) => ({
  headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(`ticket=${await ticketOf(facade)}`),
});
const aSample = 'sample:00000000-0000-4000-a000-000000000007';
/** As a dialog makes it up. */
const watch = 'w'.repeat(43);

const capture: Sample = async (facade) => {
  const { cookie, location } = await facade.links.start(await ticketOf(facade), origin);
  const state = new URL(location).searchParams.get('state');
  return {
    headers: { origin, 'content-type': 'application/json', cookie: `__Host-signals-facade-link=${cookie}` },
    body: Buffer.from(JSON.stringify({ state, token: 'a-token' })),
  };
};

export const aSubscription = async ({ subscribers }: Facade, arn?: string) => {
  const queue = arn === undefined ? ({ kind: 'standard' } as const) : { arn };
  const { subscription } = await subscribers.subscriptions.create({ id: 'admin' }, { queue });
  return subscription;
};
const subscribed: Sample = async (facade, route) =>
  about({ subscriptionId: (await aSubscription(facade)).id })(facade, route);

/** Notification 77, and its deliveries. */
const notified: Sample = async (facade, route) => {
  const { subscribers, clock } = facade;
  const { id: subscriptionId } = await aSubscription(facade);
  const atMillis = clock.nowMillis();
  const times = { createdAtMillis: atMillis, receivedAtMillis: atMillis };
  const notification = { id: '77', type: 'close', entity: 'experiment:e1', origin: 'push', document: {} } as const;
  await subscribers.ledger.keep({ ...notification, ...times }, 'w');
  const deliveries = [{ subscriptionId, outcome: 'sent', atMillis, messageId: 'message-1' }] as const;
  await subscribers.ledger.writeDispatched('77', { sequence: 1, isLate: false, deliveries });
  return about({ subscriptionId, notificationId: '77' })(facade, route);
};

/** The whole of the last day. */
const replayed: Sample = async (facade) => {
  const { replays } = facade.subscribers;
  const subscription = await aSubscription(facade);
  const untilMillis = facade.clock.nowMillis();
  const wanted = { kind: 'replay', fromMillis: untilMillis - 24 * hour, untilMillis, isDryRun: true } as const;
  const { id } = await replays.start(wanted, subscription);
  return { path: { subscriptionId: subscription.id, replayId: id } };
};

const pdf = { kind: 'pdf', subject: 'experiment:e1', digest: '1', options: {}, principal: 'service' } as const;
const result = { key: 'k', mediaType: 'application/pdf', fileName: 'a.pdf', sizeBytes: 5, sha256: 'ab' };
/** An export with a run in this state. */
export const exportThat =
  (state: 'queued' | 'succeeded' | 'failed', kind: 'pdf' | 'bulk' = 'pdf'): Sample =>
  async ({ exported, consumerStore, clock }) => {
    const incarnation = (await consumerStore.read('admin'))?.consumer.incarnation;
    const consumer = { id: 'admin', scopes: [], state: 'active' as const, incarnation };
    const { job, run } = await exported.exports.create(consumer, { ...pdf, kind });
    const ended = { state, version: run.version + 1, endedAtMillis: clock.nowMillis() };
    if (state !== 'queued')
      await exported.store.writeRun({ ...run, ...ended, ...(state === 'succeeded' ? { result } : {}) });
    return { path: { exportId: job.id } };
  };

const exportsOfAdmin: Sample = async (facade, route) => {
  await exportThat('failed')(facade, route);
  return {};
};

const archived: Sample = async ({ archive }) => {
  await archive.publish();
  return { path: { archiveId: '1' } };
};

const held: Sample = async ({ archive }) => {
  await archive.holds.place('experiment:e1', 'a dispute', 'admin');
  return { path: { holdId: 'experiment:e1~1' } };
};

const filledBack: Sample = async ({ archive }) => {
  await archive.backfills.create('admin');
  return { path: { backfillId: '1' } };
};

const inLibrary = { library: cannedLibrary };

const headerOf = (name: string) => ({ [name]: secretOfLists });
/** A list of the table, and a source, both of the first examples. */
const listed: Sample = async ({ lists }, route) => {
  await lists.addList();
  return about({ listName: 'projects', name: 'projects' })({} as Facade, route);
};
const sourced: Sample = async ({ lists }, route) => {
  await lists.addSource();
  return about({ sourceName: 'reagents', name: 'reagents', key: 'R-1' })({} as Facade, route);
};
const calledList: Sample = async (facade, route) => ({
  ...(await listed(facade, route)),
  headers: headerOf('x-list-secret'),
});
const calledSource: Sample = async (facade, route) => {
  const { path, headers = {}, ...rest } = await sourced(facade, route);
  return { ...rest, ...(path ? { path } : {}), headers: { ...headers, ...headerOf('x-source-secret') } };
};
const put =
  (mediaType: string, text: string): Sample =>
  async (facade, route) => ({
    ...(await listed(facade, route)),
    headers: { 'content-type': mediaType },
    body: Buffer.from(text),
  });
const inTable = { eid: cannedTable };
const onLatest = { 'if-match': '"1"' };
const writing =
  (path: Readonly<Record<string, string>>): Sample =>
  async (_facade, route) => {
    const { headers, body } = route.examples ? jsonOf(firstExampleOf(route)) : { headers: {}, body: undefined };
    return { path, headers: { ...headers, ...onLatest }, body };
  };
const aFile = { headers: { 'content-type': 'application/octet-stream', ...onLatest }, body: Buffer.from('bytes') };
const aUser = { path: { proxy: 'Users/user-1' } };

export const samples: Readonly<Record<string, Sample>> = {
  createUpload: example,
  readUpload: (facade) => upload(facade),
  deleteUpload: (facade) => upload(facade),
  forwardUpload: (facade) => upload(facade),
  listAssets: about(inLibrary),
  listBatches: about(inLibrary),
  listAssetBatches: about({ ...inLibrary, asset: '0001' }),
  readBatch: about({ ...inLibrary, batch: '0001-0001' }),
  findInventoryItems: () => ({ query: { kind: 'container', field: 'fields.Barcode', value: 'C00001' } }),
  createInventoryContainer: example,
  createInventoryLocation: example,
  listSampleRegistrations: () => ({ query: { registration: 'drifted' } }),
  readSampleRegistration: about({ sampleId: cannedSample.id }),
  markSampleRegistered: async (facade, route) => {
    const { headers, ...sample } = await example(facade, route);
    const path = { sampleId: cannedSample.id };
    return { ...sample, path, headers: { ...headers, 'if-match': `"${cannedSample.digest}"` } };
  },
  readWellPosition: () => ({ query: { label: 'B3' } }),
  listTableRows: about(inTable),
  addTableRows: writing(inTable),
  changeTableRow: writing({ ...inTable, rowId: 'r1' }),
  deleteTableRow: writing({ ...inTable, rowId: 'r1' }),
  listAttachments: about(inTable),
  addAttachment: () => ({ path: inTable, query: { filename: 'a.pdf' }, ...aFile }),
  readAttachment: about({ ...inTable, attachmentId: cannedFile }),
  replaceAttachment: () => ({ path: { ...inTable, attachmentId: cannedFile }, ...aFile }),
  changeEntity: writing(inTable),
  replaceProperties: () => ({ path: inTable, ...jsonOf({ data: [] }) }),
  listTemplates: nothingElse,
  listTemplateFields: about(inTable),
  readScim: () => aUser,
  createScim: () => ({ path: { proxy: 'Users' }, ...jsonOf({}) }),
  replaceScim: () => ({ ...aUser, ...jsonOf({}) }),
  changeScim: () => ({ ...aUser, ...jsonOf({}) }),
  deleteScim: () => aUser,
  createExport: example,
  listExports: exportsOfAdmin,
  readExport: exportThat('succeeded'),
  cancelExport: exportThat('queued'),
  retryExport: exportThat('failed'),
  readExportContent: exportThat('succeeded'),
  listArchive: async (facade, route) => ({ ...(await archived(facade, route)), path: {} }),
  readArchiveEntry: archived,
  readArchiveVerification: nothingElse,
  listHolds: async (facade, route) => ({ ...(await held(facade, route)), path: {} }),
  readHold: held,
  createBackfill: nothingElse,
  listBackfills: async (facade, route) => ({ ...(await filledBack(facade, route)), path: {} }),
  readBackfill: filledBack,
  changeBackfill: async (facade, route) => ({
    ...(await example(facade, route)),
    ...(await filledBack(facade, route)),
  }),
  placeHold: example,
  releaseHold: async (facade, route) => ({ ...(await example(facade, route)), ...(await held(facade, route)) }),
  readArchiveContent: archived,
  readCache: nothingElse,
  purgeCache: example,
  readQuota: nothingElse,
  listBookings: nothingElse,
  createBooking: example,
  cancelBooking: booked,
  readMe: nothingElse,
  listConsumers: nothingElse,
  createConsumer: example,
  readConsumer: ofApp,
  changeConsumer: ofApp,
  deleteConsumer: ofApp,
  listConsumerKeys: ofApp,
  createConsumerKey: ofApp,
  revokeConsumerKey: keyOfApp,
  listCredentials: async (facade, route) => ({ ...(await pooled()(facade, route)), path: {} }),
  addCredential: example,
  changeCredential: pooled(),
  removeCredential: pooled('disabled'),
  readMyToken: linked,
  revokeMyToken: linked,
  createTokenLink: () => ({ headers: anna }),
  listMyTokens: linked,
  listTokens: linked,
  revokeToken: linked,
  showTokenLink: async (facade) => ({ query: { ticket: await ticketOf(facade) } }),
  startTokenLink: form,
  showTokenCallback: nothingElse,
  finishTokenLink: capture,
  readTokenScript: nothingElse,
  readTokenStyles: nothingElse,
  showSigningCheck: () => ({ query: { __eid: eid } }),
  postSigningCheck: () => jsonOf({ data: { id: eid } }),
  showRegisterSample: () => ({ query: { __eid: aSample } }),
  postRegisterSample: () => jsonOf({ data: { id: aSample } }),
  showRegistrationLogin: () => ({ query: { __eid: aSample, watch } }),
  startRegistrationLogin: () => ({
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams({ eid: aSample, watch }).toString()),
  }),
  readRegistrationOutcome: () => ({ query: { watch } }),
  readRequest: async ({ requests, clock }) => {
    await requests.put(aRecord({ deleteAtSeconds: clock.nowMillis() / 1_000 + 60 }));
    return { path: { requestId } };
  },
  listRequests: nothingElse,
  readUsage: nothingElse,
  readDeepHealth: nothingElse,
  listSubscriptions: nothingElse,
  createSubscription: example,
  readSubscription: subscribed,
  changeSubscription: subscribed,
  confirmSubscription: async (facade) => {
    const arn = 'arn:aws:sqs:us-east-1:111122223333:mine';
    const { id } = await aSubscription(facade, arn);
    const code = facade.subscribers.queues.messages.get(arn)?.at(-1);
    return { path: { subscriptionId: id }, ...jsonOf({ data: { type: 'confirmation', attributes: { code } } }) };
  },
  deleteSubscription: subscribed,
  testFilter: example,
  pullNotifications: nothingElse,
  listNotifications: nothingElse,
  readNotification: notified,
  listNotificationDeliveries: notified,
  listSubscriptionDeliveries: notified,
  readSubscriptionHealth: notified,
  createReplay: subscribed,
  listReplays: subscribed,
  readReplay: replayed,
  createRedrive: subscribed,
  createTestEvent: example,
  takePush: () => ({ headers: { 'x-signals-hook': 'hook-secret' }, body: Buffer.from('{}') }),
  readList: calledList,
  readSourceRecord: calledSource,
  createSourceRecord: calledSource,
  updateSourceRecord: calledSource,
  updateSourceRecordByKey: calledSource,
  listLists: listed,
  createList: example,
  readListDefinition: listed,
  changeList: listed,
  removeList: listed,
  replaceListItems: put('application/json', '{"data":[{"code":"A1"}]}'),
  readListCsv: listed,
  replaceListCsv: put('text/csv', 'code,project\r\nA1,Alpha\r\n'),
  testList: listed,
  listSources: sourced,
  createSource: example,
  readSource: sourced,
  changeSource: sourced,
  removeSource: sourced,
  testSource: sourced,
  readAudit: nothingElse,
  readHealth: nothingElse,
  readOpenApi: nothingElse,
  readAsyncApi: nothingElse,
  readDocs: nothingElse,
  readOps: nothingElse,
  readMePage: nothingElse,
  readDocsFile: () => ({ path: { proxy: 'portal.css' } }),
};
