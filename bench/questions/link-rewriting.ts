/** Question: how many megabytes of JSON a second does the link rewriter take, beside parsing and writing them anew? */

import { createLinkRewriter } from '../../shared/links/link-rewriter.ts';
import { createUrlRewriter, type LinkTarget } from '../../shared/links/url-rewriter.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { type ReadCase, readCases } from '../support/documents.ts';
import { interleave, millisOf, type Schedule } from '../support/interleave.ts';
import { median } from '../support/statistics.ts';
import { chunksOf } from '../support/upstreams.ts';

export const question: Question = {
  name: 'link-rewriting',
  title: 'Throughput of the link rewriter',
  asks: 'How fast are links rewritten, beside JSON.parse, a walk and JSON.stringify, which would also change the bytes of many documents?',
};

const origin = 'https://snb.example.com';
const target: LinkTarget = {
  upstreamOrigin: origin,
  upstreamBasePath: signalsBasePath,
  facadeBase: `https://facade.example.com/prod${signalsBasePath}`,
};

const rewrite = (body: Buffer): Buffer => {
  const rewriter = createLinkRewriter(target);
  return Buffer.concat([...chunksOf(body).map((chunk) => rewriter.push(chunk)), rewriter.end()]);
};

const rewriteUrl = createUrlRewriter(target);

const walk = (value: unknown, inLinks: boolean): unknown => {
  if (typeof value === 'string') return inLinks ? (rewriteUrl(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => walk(item, inLinks));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, walk(member, inLinks || name === 'links')]),
  );
};

const parseAndWrite = (body: Buffer): Buffer =>
  Buffer.from(JSON.stringify(walk(JSON.parse(body.toString('utf8')), false)));

const parseOnly = (body: Buffer): unknown => JSON.parse(body.toString('latin1'));

/** About as many bytes in each sample, whatever the document, so that each takes some milliseconds. */
const repetitionsOf = ({ body }: ReadCase, sampleBytes: number): number =>
  Math.max(1, Math.round(sampleBytes / body.byteLength));

const measure = async (one: ReadCase, sampleBytes: number, schedule: Schedule) => {
  const repetitions = repetitionsOf(one, sampleBytes);
  const megabytes = (one.body.byteLength * repetitions) / 1_000_000;
  const subject = (name: string, work: (body: Buffer) => unknown) => ({
    name,
    measure: async () => {
      const millis = await millisOf(async () => {
        for (let count = 0; count < repetitions; count += 1) work(one.body);
      });
      return megabytes / (millis / 1_000);
    },
  });
  const samples = await interleave(
    [subject('rewriter', rewrite), subject('parseAndWrite', parseAndWrite), subject('parseOnly', parseOnly)],
    schedule,
  );
  const rate = (name: string): number => median(samples.get(name) ?? []);
  return {
    case: one.name,
    bytes: one.body.byteLength,
    links: one.links,
    samples: samples.get('rewriter')?.length ?? 0,
    rewriter: rate('rewriter'),
    parseAndWrite: rate('parseAndWrite'),
    parseOnly: rate('parseOnly'),
    ratio: rate('rewriter') / rate('parseAndWrite'),
  };
};

const columns: readonly Column[] = [
  { key: 'case', title: 'document' },
  { key: 'bytes', title: 'bytes' },
  { key: 'links', title: 'links' },
  { key: 'samples', title: 'samples' },
  { key: 'rewriter', title: 'rewriter MB/s', digits: 0 },
  { key: 'parseAndWrite', title: 'parse, walk, write MB/s', digits: 0 },
  { key: 'parseOnly', title: 'parse alone MB/s', digits: 0 },
  { key: 'ratio', title: 'rewriter / parse, walk, write', digits: 2 },
];

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const schedule = quick
    ? { rounds: 2, callsPerRound: 1, warmUpRounds: 1 }
    : { rounds: 30, callsPerRound: 1, warmUpRounds: 5 };
  const documents = readCases(origin).filter(({ links }) => links > 0);
  const rows = [];
  for (const one of documents) {
    progress(one.name);
    rows.push(await measure(one, quick ? 100_000 : 4_000_000, schedule));
  }
  const alike = documents.filter(({ body }) => rewrite(body).equals(parseAndWrite(body))).length;
  return {
    tables: [{ name: 'throughput', title: 'Megabytes of JSON a second, one core', columns, rows }],
    counts: { documents: documents.length, alike },
  };
};
