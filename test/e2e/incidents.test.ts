/** Ten incidents in one twin: each is made as `npm run incidents` makes it, and its answer is read where docs/incidents.md says. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { logQueries } from '../../infra/log-queries.ts';
import { type Facts, incidents } from '../../local/incidents/incidents.ts';
import { startWorld, type World } from '../../local/incidents/world.ts';
import { isFull, sized } from '../support/test-size.ts';

const read = (name: string): Promise<string> => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

type Row = {
  readonly question: string;
  readonly path: string;
  readonly answer: readonly string[];
  readonly section: string;
};

const toRow = (line: string): readonly [string, Row] => {
  const [, name = '', question = '', place = '', answer = '', runbook = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  return [
    name.replaceAll('`', ''),
    {
      question,
      path: /^`GET (\S.*)`$/.exec(place)?.[1] ?? '',
      answer: [...answer.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words).filter((words) => / |"/.test(words)),
      section: /\(runbook\.md#([\w-]+)\)/.exec(runbook)?.[1] ?? '',
    },
  ];
};

/** Words that name another place, and not the answer. */
const isPlace = (words: string): boolean => words.startsWith('GET ');

/** The words that follow the name of a log line are in this line, and not in the answer of the route. */
const logLine = 'queue message';
const splitAtLog = (answer: readonly string[]) => {
  const place = answer.indexOf(logLine);
  return place < 0 ? { told: answer, logged: [] } : { told: answer.slice(0, place), logged: answer.slice(place + 1) };
};

const rows = new Map(
  (await read('incidents.md'))
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map(toRow),
);
const rowOf = (name: string): Row => rows.get(name) ?? expect.fail(`docs/incidents.md has no row ${name}`);

let world: World;
const log: string[] = [];
beforeAll(async () => {
  world = await startWorld({
    ...{ assemblyDir: inject('assemblyDir'), port: 0, runsSchedules: false },
    mostProcesses: sized(10, 5),
    log: ({ line }) => log.push(line),
  });
});
afterAll(() => world?.close());

const fill = (path: string, facts: Facts): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? name);

describe('docs/incidents.md', () => {
  it('has a row for each incident that the script makes, with its question, and no other', () => {
    expect([...rows].map(([name, { question }]) => [name, question]).toSorted()).toEqual(
      incidents.map(({ name, question }) => [name, question]).toSorted(),
    );
    expect(incidents).toHaveLength(10);
  });

  it('names sections that the runbook has', async () => {
    const titles = [...(await read('runbook.md')).matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
    const slugs = titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    );
    expect([...rows.values()].filter(({ section }) => !slugs.includes(section))).toEqual([]);
  });
});

describe('the answer to', () => {
  it('poisoned-event says which message, and why', () => {
    expect(splitAtLog(rowOf('poisoned-event').answer).logged).toEqual([
      '"messageId":"{message}"',
      '"outcome":"dead-letter"',
      'the body departs from its schema',
    ]);
    const query = logQueries.find(({ name }) => name === 'messages-that-failed');
    expect(query?.lines.join(' ')).toMatch(/ by .*messageId.*reason/);
  });

  const made = new Map<string, Facts>();

  // These take half a minute each. A booking uses up the limit as the incident before it does.
  const slow = ['tenant-budget', 'booking', 'wrong-key'];
  const isMade = (name: string): boolean => isFull || !slow.includes(name);

  // In their order, because later ones use up the limit, or stop everything.
  describe.each(incidents.map((incident) => [incident.name, incident] as const))('%s', (name, incident) => {
    it.runIf(isMade(name))('is at its place', async () => {
      const { path, answer } = rowOf(name);
      const facts = await incident.make(world);
      made.set(name, facts);
      expect(path).not.toBe('');
      // A lag grows with time: it is read when all others have been.
      if (name === 'sweep-lag') return;
      await expectAnswer(path, answer, facts);
    });
  });

  it('sweep-lag is at its place after a minute', async () => {
    const { path, answer } = rowOf('sweep-lag');
    await expectAnswer(path, answer, made.get('sweep-lag') ?? expect.fail());
  });

  const expectAnswer = async (path: string, answer: readonly string[], facts: Facts): Promise<void> => {
    const { told, logged } = splitAtLog(answer.map((one) => fill(one, facts)));
    const words = told.filter((one) => !isPlace(one));
    expect(words.length).toBeGreaterThan(0);
    const key = 'export' in facts ? 'demo-app' : 'demo-admin';
    const missing = async (): Promise<readonly string[]> => {
      const { status, text } = await world.ask('GET', fill(path, facts), key);
      expect(status, text).toBe(200);
      return words.filter((one) => !text.includes(one));
    };
    // Some answers are there after a minute only.
    await expect.poll(missing, { interval: 1_000 }).toEqual([]);
    if (logged.length === 0) return;
    const hasAll = (line: string): boolean => [`"message":"${logLine}"`, ...logged].every((one) => line.includes(one));
    await expect.poll(() => log.filter(hasAll).length).toBeGreaterThan(0);
  };
});
