/** Every row of the operation table, in each spelling: it succeeds, asks for a token, and guards the experiment. */
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/operations.ts';
import { known, samples } from './samples.ts';
import { facts, type Target } from './target.ts';

/** Those that the server answers without a token. */
const open = operations.filter(({ path }) => path === '/auth' || path.includes('tile'));
const keys = Object.keys(samples);
const ordered = operations.toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
const isInExperiment = ({ path }: { readonly path: string }) => path.includes('{experiment_id}');

type Operation = (typeof operations)[number];

const fill = (operation: Operation, path: string, more: Readonly<Record<string, string>> = {}) => {
  const { params = {}, query = '' } = samples[operation.key];
  const values = { ...known, ...params, ...more };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'missing'));
  return query === '' ? filled : `${filled}?${query}`;
};

const send = async (target: Target, operation: Operation, path: string, token?: string | null) => {
  const { body } = samples[operation.key];
  if (operation.path.endsWith('/microscope-file') && token !== null)
    return target.upload(path, 'a.png', Buffer.from('a'));
  const credentials = token === undefined ? {} : { token };
  return target.send(operation.method, path, { ...credentials, ...(body === undefined ? {} : { body }) });
};

facts('every operation', (fixture) => {
  it.each(ordered.filter((operation) => !open.includes(operation)))('$key asks for a token', async (operation) => {
    const answer = await send(fixture.target, operation, fill(operation, operation.path), null);
    expect([answer.status, answer.json.error]).toEqual([401, 'Authorization Required']);
    expect(answer.headers.get('www-authenticate')).toBe('JWT realm="Login Required"');
  });

  const guarded = ordered.filter(
    (operation) =>
      isInExperiment(operation) &&
      !open.includes(operation) &&
      !operation.path.endsWith('/info') &&
      !operation.path.endsWith('/microscope-file'),
  );
  it('is refused to somebody without a share, and for an experiment that does not exist', async () => {
    const token = await fixture.target.signIn('stranger', 'stranger-password');
    const statuses = await Promise.all(
      guarded.map(async (operation) => {
        const strange = await send(fixture.target, operation, fill(operation, operation.path), token);
        const path = fill(operation, operation.path, { experiment_id: 'OTk=' });
        const unknown = await send(fixture.target, operation, path);
        return [operation.key, strange.status, strange.json?.error?.type, unknown.status];
      }),
    );
    expect(statuses).toEqual(guarded.map(({ key }) => [key, 403, 'ForbiddenError', 404]));
  });

  it.each(ordered)('$key succeeds in each spelling', async (operation) => {
    const { target } = fixture;
    const spellings = [operation.path, ...(operation.realPath === undefined ? [] : [operation.realPath])];
    const more = operation.key.includes('{job_id}') ? { job_id: await jobOf(target, operation) } : {};
    const statuses: number[] = [];
    for (const path of spellings) statuses.push((await send(target, operation, fill(operation, path, more))).status);
    expect(statuses).toEqual(spellings.map(() => 200));
    if (operation.path.endsWith('/request')) await target.wait(5);
  });
});

const jobOf = async (target: Target, { path }: Operation): Promise<string> => {
  const jobs = path.includes('tools') ? 'tools/jobs' : 'workflow/jobs?step_name=metaconfig';
  const { json } = await target.get(`/api/experiments/MQ==/${jobs}`);
  return json.data[0].id;
};

describe('the operation table', () => {
  it('has a sample for each row', () => {
    expect(operations.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(operations).toHaveLength(73);
  });
});
