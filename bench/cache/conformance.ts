/**
 * npm run bench:cache-conformance [-- --id TEST] [--out FILE]: the public HTTP cache tests against the cache core, counted
 * by their own rule: a test counts when it passes and every test that it depends on does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCacheProxy } from './proxy.ts';

type SuiteTest = {
  readonly id: string;
  readonly name: string;
  readonly kind?: 'required' | 'optimal' | 'check';
  readonly depends_on?: readonly string[];
  readonly browser_only?: boolean;
};
type TestGroup = { readonly id: string; readonly name: string; readonly tests: readonly SuiteTest[] };
type Results = Readonly<Record<string, true | readonly [string, string]>>;
type Handler = (segments: string[], request: http.IncomingMessage, response: http.ServerResponse) => void;

const here = fileURLToPath(new URL('.', import.meta.url));
const suiteFolder = join(here, 'suite');
const suiteModules = join(suiteFolder, 'node_modules');

/** Installs the suite at first use, exactly as its lock file says, without running any of its scripts. */
const install = (): void => {
  if (existsSync(join(suiteModules, 'http-cache-tests'))) return;
  const command = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', command, { cwd: suiteFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The suite could not be installed. Mend: check the registry and try again.');
};

const suiteModule = (path: string): Promise<Record<string, unknown>> => import(join(suiteModules, path));

/** The suite's own origin, bound to loopback: its start script listens everywhere. */
const startOrigin = async () => {
  const load = async (name: string): Promise<Handler> =>
    (await suiteModule(`http-cache-tests/server/handle-${name}.mjs`)).default as Handler;
  const handlers: Record<string, Handler> = {
    config: await load('config'),
    test: await load('test'),
    state: await load('state'),
  };
  const server = http.createServer((request, response) => {
    const [, kind = '', ...segments] = new URL(request.url ?? '/', 'http://origin').pathname.split('/');
    const handler = handlers[kind];
    if (handler) handler(segments, request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.closeAllConnections(),
  };
};

const isOfProxies = (test: SuiteTest): boolean => test.browser_only !== true;

/** Passes with all that it depends on, at any depth. */
const counts = (id: string, tests: ReadonlyMap<string, SuiteTest>, results: Results): boolean =>
  results[id] === true && (tests.get(id)?.depends_on ?? []).every((other) => counts(other, tests, results));

const summarise = (groups: readonly TestGroup[], results: Results) => {
  const all = new Map(groups.flatMap(({ tests }) => tests.filter(isOfProxies).map((test) => [test.id, test] as const)));
  const kindOf = ({ kind }: SuiteTest) => kind ?? 'required';
  const tally = (kind: string) => {
    const ofKind = [...all.values()].filter((test) => kindOf(test) === kind);
    return { passed: ofKind.filter(({ id }) => counts(id, all, results)).length, of: ofKind.length };
  };
  const missed = [...all.values()]
    .filter((test) => kindOf(test) !== 'check' && !counts(test.id, all, results))
    .map(({ id, kind }) => ({
      id,
      kind: kind ?? 'required',
      why: results[id] === true ? 'depends on a missed test' : results[id]?.[1],
    }));
  return { required: tally('required'), optimal: tally('optimal'), check: tally('check'), missed };
};

const { values } = parseArgs({ options: { id: { type: 'string' }, out: { type: 'string' } } });
install();
const groups = (await suiteModule('http-cache-tests/tests/index.mjs')).default as TestGroup[];
const { runTests, getResults } = await suiteModule('http-cache-tests/client/runner.mjs');
const fetch = (await suiteModule('node-fetch/lib/index.mjs')).default;
const chosen = groups
  .map((group) => ({ ...group, tests: group.tests.filter(({ id }) => values.id === undefined || id === values.id) }))
  .map((group) => ({
    ...group,
    tests: values.id === undefined ? group.tests : group.tests.map((test) => ({ ...test, dump: true })),
  }));

const origin = await startOrigin();
const proxy = await startCacheProxy({ originUrl: origin.url });
await (runTests as (...parameters: unknown[]) => Promise<void>)(chosen, fetch, false, proxy.url);
const results = (getResults as () => Results)();

if (values.id === undefined) {
  const summary = summarise(groups, results);
  for (const { id, kind, why } of summary.missed) console.log(`${kind.padEnd(8)} ${id}: ${why}`);
  const { required, optimal, check } = summary;
  console.log(
    `\nrequired ${required.passed} of ${required.of}, optimal ${optimal.passed} of ${optimal.of}, checks with yes ${check.passed} of ${check.of}`,
  );
  const file = values.out ?? join(here, '../results/cache-conformance.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ suite: 'http-cache-tests 0.4.5', ...summary }, undefined, 2)}\n`);
} else console.log(JSON.stringify(results));
process.exit(0);
