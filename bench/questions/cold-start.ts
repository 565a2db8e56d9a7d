/** Question: how large is each function's bundle, and how long does a fresh process take to import it? */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { variables } from '../../shared/config/names.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';
import { type Bundle, createBundles } from '../support/bundles.ts';
import { interleave, type Schedule } from '../support/interleave.ts';
import { median } from '../support/statistics.ts';

export const question: Question = {
  name: 'cold-start',
  title: 'Cold start: bundles and import time',
  asks: 'How many bytes does a start of each function load, and how long does a fresh process take to import them, beside an empty handler and beside the DynamoDB client alone?',
};

type Sample = { readonly importMillis: number; readonly readyMillis: number; readonly rssBytes: number };

const importer = fileURLToPath(new URL('../support/import-once.mjs', import.meta.url));
const inNewProcess = promisify(execFile);

/** Bounds that have a default or may be missing: their variables are left out. */
const defaulted: readonly string[] = [
  variables.logs,
  variables.addedHeaders,
  variables.corsOrigins,
  variables.quotaWaitingExecutions,
  variables.quotaWaitingShare,
  variables.quotaWaitingPool,
  variables.slowReaderSeconds,
  variables.cacheMemoryMiB,
  variables.storePatience,
  variables.documentMostDecodedMiB,
  variables.cachePurgesPerMinute,
  variables.cacheEntityPurgesPerMinute,
  variables.bookingsPerConsumer,
  variables.bookingConsumerShare,
  variables.bookingDays,
  variables.bookingsInAll,
  variables.uploadsMostOpen,
  variables.uploadsMostGiBPerDay,
  variables.subscriptionsPerConsumer,
  variables.replaysPerConsumer,
  variables.notificationsBackfillDays,
  variables.notificationsDismiss,
  variables.exportsAtATime,
  variables.exportsPerConsumer,
  variables.signingRules,
  variables.signingCallsPerMinute,
  variables.seedAliases,
  variables.sourceNetworks,
];

/** Values that pass every function's checks; nothing is called while importing. */
const environment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.values(variables)
      .filter((name) => !defaulted.includes(name))
      .map((name) => [name, name.endsWith('_URL') ? 'https://sqs.example.com/queue' : 'bench']),
  ),
  [variables.archiveLock]: 'none',
  [variables.archiveSealMinutes]: '1440',
  [variables.archiveVerifyDays]: '30',
  [variables.signalsUrl]: 'https://snb.example.com',
  [variables.publicUrl]: '',
  [variables.cache]: 'on',
  [variables.tenantRequestsPerMinute]: '1000',
  [variables.quotaDirectShare]: '0',
  [variables.quotaReservedShare]: '0.25',
  [variables.quotaMode]: 'enforce',
  [variables.quotaWhenStoreFails]: 'refuse',
  [variables.upstreamFirstByteSeconds]: '25',
  [variables.requestLog]: 'on',
  [variables.auditRetentionDays]: '3650',
  [variables.auditWhenStoreFails]: 'refuse',
  [variables.idempotencyHours]: '24',
  [variables.credentialPoolSize]: '10',
  [variables.oidcIssuers]: '[]',
  [variables.keyUse]: 'note',
  [variables.oauthResponseType]: 'token',
  [variables.oauthWithoutState]: 'refuse',
  [variables.tokenTouchHours]: '20',
  [variables.accountId]: '111122223333',
  [variables.ownQueues]: '{}',
  [variables.mirrors]: '[]',
  [variables.queues]: '{"like":"https://sqs.eu-central-1.amazonaws.com/1/a","names":[]}',
  [variables.largeAnswersPerConsumer]: '4',
  [variables.largeAnswersInAll]: '5',
  AWS_REGION: 'us-east-1',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  POWERTOOLS_SERVICE_NAME: 'bench',
};

const importOnce = async (bundle: Bundle, compileCache: string | undefined): Promise<Sample> => {
  const cache = compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache };
  const { stdout } = await inNewProcess(process.execPath, [importer, bundle.path], {
    env: { ...environment, ...cache },
  });
  return JSON.parse(stdout);
};

/** Two subjects for each bundle: with nothing kept from earlier imports, and with their compiled code. */
const subjectsOf = (bundle: Bundle, cacheRoot: string, samples: Map<string, Sample[]>) =>
  [undefined, join(cacheRoot, bundle.name.replaceAll(' ', '-'))].map((compileCache) => {
    const name = `${bundle.name}${compileCache === undefined ? '' : ' cached'}`;
    const measure = async (): Promise<number> => {
      const sample = await importOnce(bundle, compileCache);
      samples.set(name, [...(samples.get(name) ?? []), sample]);
      return sample.importMillis;
    };
    return { name, measure };
  });

const startColumns: readonly Column[] = [
  { key: 'bundle', title: 'bundle' },
  { key: 'bytes', title: 'bytes at start' },
  { key: 'gzipBytes', title: 'gzip bytes' },
  { key: 'laterBytes', title: 'bytes when used' },
  { key: 'samples', title: 'samples' },
  { key: 'importMillis', title: 'import ms', digits: 1 },
  { key: 'aboveEmptyMillis', title: 'above empty ms', digits: 1 },
  { key: 'timesDynamo', title: 'times DynamoDB', digits: 2 },
  { key: 'goalTimes', title: 'goal', digits: 1 },
  { key: 'readyMillis', title: 'process to ready ms', digits: 1 },
  { key: 'cachedImportMillis', title: 'import ms, compile cache', digits: 1 },
  { key: 'rssMegabytes', title: 'resident MB', digits: 1 },
];

/** How many times the import of the DynamoDB client alone a start may take. */
const goalTimes = (name: string): number => (name.startsWith('native') ? 2.5 : 1.5);

const reference = 'DynamoDB client alone';

const startTable = (
  bundles: readonly Bundle[],
  imports: ReadonlyMap<string, readonly number[]>,
  kept: ReadonlyMap<string, readonly Sample[]>,
): Table => {
  const importMillis = (name: string): number => median(imports.get(name) ?? []);
  /** Without those of the warm-up, which come first. */
  const counted = (name: string): readonly Sample[] => (kept.get(name) ?? []).slice(-(imports.get(name)?.length ?? 0));
  const rows = bundles.map(({ name, bytes, gzipBytes, laterBytes }) => ({
    bundle: name,
    bytes,
    gzipBytes,
    laterBytes,
    samples: imports.get(name)?.length ?? 0,
    importMillis: importMillis(name),
    aboveEmptyMillis: importMillis(name) - importMillis('empty handler'),
    timesDynamo: importMillis(name) / importMillis(reference),
    goalTimes: name.startsWith('empty') || name === reference ? '' : goalTimes(name),
    readyMillis: median(counted(name).map((sample) => sample.readyMillis)),
    cachedImportMillis: importMillis(`${name} cached`),
    rssMegabytes: median(counted(name).map((sample) => sample.rssBytes / 1_000_000)),
  }));
  return { name: 'start', title: 'Bundles, each imported by fresh processes', columns: startColumns, rows };
};

const packageColumns: readonly Column[] = [
  { key: 'package', title: 'package' },
  { key: 'bytes', title: 'bytes' },
  { key: 'share', title: '% of start', digits: 1 },
];

const packagesShown = 8;

const packageTable = ({ name, bytes, packages }: Bundle): Table => {
  const shown = packages.slice(0, packagesShown);
  const rest = packages.slice(packagesShown).reduce((sum, [, size]) => sum + size, 0);
  const all = rest > 0 ? [...shown, [`${packages.length - packagesShown} more`, rest] as const] : shown;
  const rows = all.map(([title, size]) => ({ package: title, bytes: size, share: (100 * size) / bytes }));
  return { name: `packages-${name}`, title: `What a start of ${name} loads`, columns: packageColumns, rows };
};

const measure = async (folder: string, { quick, progress }: RunOptions): Promise<Result> => {
  progress('bundling');
  const bundles = await createBundles(folder);
  const schedule: Schedule = quick
    ? { rounds: 1, callsPerRound: 1, warmUpRounds: 1 }
    : { rounds: 31, callsPerRound: 1, warmUpRounds: 2 };
  const kept = new Map<string, Sample[]>();
  const subjects = bundles.flatMap((bundle) => subjectsOf(bundle, join(folder, 'compile-cache'), kept));
  progress(`importing ${bundles.length} bundles, ${schedule.rounds} rounds`);
  const imports = await interleave(subjects, schedule);
  return {
    tables: [startTable(bundles, imports, kept), ...bundles.filter((one) => one.isFunction).map(packageTable)],
    counts: {
      functions: bundles.filter(({ isFunction }) => isFunction).length,
      processes: [...kept.values()].reduce((sum, { length }) => sum + length, 0),
    },
  };
};

export const run = async (options: RunOptions): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-bench-'));
  try {
    return await measure(folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
