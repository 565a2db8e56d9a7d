/**
 * npm run bench:cache-conformance [-- --id TEST] [--out FILE] [--suite FOLDER]: the public HTTP cache tests against the cache
 * core, counted by their own rule: a test counts when it passes and every test that it depends on does. `--suite` names a
 * checkout of http-tests/cache-tests with the package undici installed in it; without it the edition on npm runs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
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

/** Installs the edition on npm at first use, exactly as its lock file says, without running any of its scripts. */
const install = (folder: string): void => {
  if (existsSync(join(folder, 'node_modules/http-cache-tests'))) return;
  const command = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', command, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The suite could not be installed. Fix: check the registry and try again.');
};

type Module = Readonly<Record<string, unknown>>;
type Run = (tests: readonly TestGroup[], baseUrl: string) => Promise<void>;
/** Where an edition of the suite keeps its parts, and how its runner is called. */
type Edition = { readonly name: string; readonly folder: string; readonly engine: string; readonly run: Run };

const load = (path: string): Promise<Module> => import(path);

/** The edition on npm is older: its client is given a `fetch`, and its parts lie elsewhere. */
const npmEdition = async (): Promise<Edition> => {
  const folder = join(here, 'suite');
  install(folder);
  const suite = join(folder, 'node_modules/http-cache-tests');
  const { runTests } = await load(join(suite, 'client/runner.mjs'));
  const fetch = (await load(join(folder, 'node_modules/node-fetch/lib/index.mjs'))).default;
  const call = runTests as (...parameters: unknown[]) => Promise<void>;
  return {
    name: 'http-cache-tests 0.4.5 (npm)',
    folder: suite,
    engine: suite,
    run: (tests, url) => call(tests, fetch, false, url),
  };
};

/** A checkout of the repository. */
const gitEdition = async (folder: string): Promise<Edition> => {
  const engine = join(folder, 'test-engine');
  const { runTests } = await load(join(engine, 'client/runner.mjs'));
  const call = runTests as (...parameters: unknown[]) => Promise<void>;
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder, encoding: 'utf8' });
  const name = `http-tests/cache-tests ${stdout.trim() || '(no commit)'}`;
  return { name, folder, engine, run: (tests, url) => call(tests, false, url) };
};

/** The suite's own origin, bound to loopback: its start script listens everywhere. */
const startOrigin = async (engine: string) => {
  const handlerOf = async (name: string): Promise<Handler> =>
    (await load(join(engine, `server/handle-${name}.mjs`))).default as Handler;
  const handlers: Record<string, Handler> = {
    config: await handlerOf('config'),
    test: await handlerOf('test'),
    state: await handlerOf('state'),
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

const { values } = parseArgs({
  options: { id: { type: 'string' }, out: { type: 'string' }, suite: { type: 'string' } },
});
const edition = values.suite === undefined ? await npmEdition() : await gitEdition(resolve(values.suite));
const groups = (await load(join(edition.folder, 'tests/index.mjs'))).default as TestGroup[];
const { getResults } = await load(join(edition.engine, 'client/runner.mjs'));
const chosen = groups
  .map((group) => ({ ...group, tests: group.tests.filter(({ id }) => values.id === undefined || id === values.id) }))
  .map((group) => ({
    ...group,
    tests: values.id === undefined ? group.tests : group.tests.map((test) => ({ ...test, dump: true })),
  }));

const origin = await startOrigin(edition.engine);
const proxy = await startCacheProxy({ originUrl: origin.url });
await edition.run(chosen, proxy.url);
const results = (getResults as () => Results)();

if (values.id === undefined) {
  const summary = summarise(groups, results);
  for (const { id, kind, why } of summary.missed) console.log(`${kind.padEnd(8)} ${id}: ${why}`);
  const { required, optimal, check } = summary;
  console.log(
    `\n${edition.name}: required ${required.passed} of ${required.of}, optimal ${optimal.passed} of ${optimal.of}, checks with yes ${check.passed} of ${check.of}`,
  );
  const ownFile = values.suite === undefined ? 'cache-conformance.json' : 'cache-conformance-git.json';
  const file = values.out ?? join(here, '../results', ownFile);
  await mkdir(dirname(file), { recursive: true });
  // Without the suite's own words: they are its authors'.
  const missed = summary.missed.map(({ id, kind }) => `${kind} ${id}`);
  await writeFile(file, `${JSON.stringify({ suite: edition.name, ...summary, missed }, undefined, 2)}\n`);
} else console.log(JSON.stringify(results));
process.exit(0);
