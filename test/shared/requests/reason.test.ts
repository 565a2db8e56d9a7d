/** Each refusal and failure has a reason in the record of its request, and leads to a section of the runbook. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import type { RequestRecord } from '../../../shared/exchange/decision.ts';
import { reasonOf } from '../../../shared/requests/reason.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const recordOf = (changes: Partial<RequestRecord>): RequestRecord =>
  ({ status: 200, sends: [], ...changes }) as RequestRecord;
const refusedBy = (limit: string): RequestRecord =>
  recordOf({ status: 429, errorCode: 'TOO_MANY_REQUESTS', refusal: { limit, retryAtMillis: 1 } });

const document = (name: string): Promise<string> => readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');

describe('the reason of a request', () => {
  it('is there for each limit that docs/quota.md lists', async () => {
    const table = (await document('quota.md')).split('| limit | meaning |')[1]?.split('\n\n')[0] ?? '';
    const limits = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
    );
    expect(limits).toEqual(expect.arrayContaining(['consumer-minute', 'tenant', 'bookings', 'operation']));
    for (const limit of nonEmpty(limits)) {
      const { sentence = '', runbook } = reasonOf(refusedBy(limit)) ?? {};
      expect(sentence, limit).toMatch(/^[A-Z].*\.$/);
      expect(runbook, limit).toBeDefined();
    }
  });

  it('names sections that the runbook has', async () => {
    const titles = [...(await document('runbook.md')).matchAll(/^## (.+)$/gm)].map(([, title = '']) => slugOf(title));
    const records = [
      ...['consumer-day', 'tenant', 'pause', 'large-answers-all'].map(refusedBy),
      ...Object.entries(errorCatalogue).map(([code, { status }]) => recordOf({ status, errorCode: code as never })),
      ...[429, 500, 503].map((status) => recordOf({ status, sends: [status] })),
    ];
    const sections = records.flatMap((record) => reasonOf(record)?.runbook ?? []);
    expect(nonEmpty(sections).filter((section) => !titles.includes(section))).toEqual([]);
  });

  it('tells an answer of the tenant from one of the facade', () => {
    expect(reasonOf(recordOf({ status: 429, sends: [429] }))?.sentence).toBe('The tenant itself answered 429.');
    expect(reasonOf(recordOf({ status: 404, sends: [404] }))).toEqual({ sentence: 'The tenant itself answered 404.' });
    expect(reasonOf(recordOf({ status: 503, errorCode: 'CREDENTIAL_UNAVAILABLE', sends: [401] }))).toEqual({
      sentence: 'The facade has no usable upstream credential.',
      runbook: 'a-key-of-the-tenant-is-refused',
    });
    expect(reasonOf(recordOf({ status: 200, sends: [503, 200] }))).toBeUndefined();
    expect(reasonOf(recordOf({ status: 304 }))).toBeUndefined();
  });

  it('says that a linked token was refused, or that there may be none', () => {
    const refused = (sends: number[]) => reasonOf(recordOf({ status: 403, errorCode: 'USER_TOKEN_NEEDED', sends }));
    expect(refused([401])).toEqual({
      sentence: "The tenant refused the person's linked token with 401.",
      runbook: 'tokens-that-died',
    });
    expect(refused([])?.sentence).toMatch(
      /needs a linked token of a person. None is linked, or the tenant has refused/,
    );
  });

  it('leads an operation that is paused to the section of the 429 of the tenant', () => {
    expect(reasonOf(refusedBy('operation'))?.runbook).toBe('the-tenant-answers-429');
  });

  it('has a sentence for a code that this version does not know', () => {
    expect(reasonOf(recordOf({ status: 500, errorCode: 'RETIRED_CODE' as never }))?.sentence).toBe('RETIRED_CODE.');
  });
});
