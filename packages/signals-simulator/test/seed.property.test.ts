/** A tenant that is exported and seeded elsewhere is the same tenant: it answers every read alike, and goes on alike. */
import { Agent } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reads, writes } from '../../../test/e2e/transparency/catalogue-requests.ts';
import { readGroups } from '../../../test/e2e/transparency/reads.ts';
import type { Case } from '../../../test/e2e/transparency/requests.ts';
import { writeGroups } from '../../../test/e2e/transparency/writes.ts';
import { decoded, type RawAnswer, sendRequest } from '../../../test/support/raw-http.ts';
import { sized } from '../../../test/support/test-size.ts';
import { demoKey } from '../src/options.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';

const clock = { nowMillis: () => Date.parse('2026-06-01T00:00:00Z') };
const requestsPerMinute = Number.POSITIVE_INFINITY;
const options = { clock, requestsPerMinute, compounds: 5, behaviour: { jobMillis: 0 } };
const casesOf = (groups: readonly { readonly cases: readonly Case[] }[]) => groups.flatMap(({ cases }) => cases);
const allReads = casesOf([...reads, ...readGroups]);
/** Not those that set the limit, which is no part of the document. */
const allWrites = casesOf([...writeGroups, ...writes].filter(({ promise }) => !promise.includes('limit')));

const agent = new Agent({ keepAlive: true });
let original: Simulator;
let copy: Simulator;
beforeAll(async () => {
  original = await startSimulator(options);
  copy = await startSimulator({ ...options, seed: 99 });
});
afterAll(async () => {
  agent.destroy();
  await Promise.all([original.close(), copy.close()]);
});

const control = async ({ url }: Simulator, method: string, path: string, body?: string) => {
  const answer = await fetch(`${url}/_control/${path}`, { method, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return text;
};

/** Both tenants under one name, so that links are equal. What each case does depends on the original alone. */
const askAll = async (cases: readonly Case[], simulators: readonly Simulator[]) => {
  const answers: { readonly request: string; readonly bodies: readonly string[] }[] = [];
  let last: RawAnswer | undefined;
  for (const one of cases) {
    // One that reads the answer of another, which was not drawn before it, is left out.
    const request = await (async () => one.make({ simulator: original, last }))().catch(() => undefined);
    if (request === undefined) continue;
    const headers = [['host', 'tenant.example'], ['x-api-key', demoKey], ...(request.headers ?? [])] as const;
    const sent = simulators.map(({ url }) => sendRequest(url, { ...request, headers }, agent));
    const received = await Promise.all(sent);
    last = received[0];
    const bodies = received.map((answer) => `${answer.status} ${decoded(answer).toString('base64')}`);
    answers.push({ request: `${request.method} ${request.target}`, bodies });
  }
  return answers;
};

const differing = (answers: Awaited<ReturnType<typeof askAll>>) =>
  answers
    .filter(({ bodies: [first, second] }) => first !== second)
    .map(({ request, bodies }) => [
      request,
      ...bodies.map((body) => Buffer.from(body.slice(4), 'base64').toString('utf8').slice(0, 600)),
    ]);

/** A text for each part, which a difference names. */
const partsOf = (text: string) => {
  const { more, ...sections } = JSON.parse(text) as { more: object };
  return Object.entries({ ...sections, ...more }).map(([name, part]) => [name, JSON.stringify(part)]);
};

/** Some writes of the catalogue and of the suite of transparency, in any order. */
const someWrites = fc.shuffledSubarray([...allWrites.keys()], { minLength: 25, maxLength: 90 });
const writesAt = (places: readonly number[]) => places.flatMap((place) => allWrites[place] ?? []);

it('an exported tenant that is seeded elsewhere answers every read alike, and goes on alike', () =>
  fc.assert(
    fc.asyncProperty(someWrites, someWrites, async (before, after) => {
      await control(original, 'POST', 'reset');
      await askAll(writesAt(before), [original]);
      const document = await control(original, 'GET', 'seed');
      await control(copy, 'POST', 'seed', document);
      expect(partsOf(await control(copy, 'GET', 'seed'))).toEqual(partsOf(document));
      expect(differing(await askAll(allReads, [original, copy]))).toEqual([]);
      expect(differing(await askAll(writesAt(after), [original, copy]))).toEqual([]);
    }),
    { numRuns: sized(40, 1) },
  ));
