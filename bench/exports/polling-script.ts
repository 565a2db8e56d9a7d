/** What a user's script does without the facade: starts a PDF at the tenant, asks every five seconds, and downloads it. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tenant } from './tenant.ts';

const pollMillis = 5_000;
const atOnce = 4;

const fetchPdf = async ({ native }: Tenant, eid: string): Promise<string> => {
  const started = (await (await native('PUT', `/entities/export/pdf?eid=${encodeURIComponent(eid)}`)).json()) as {
    data: { attributes: { fileId: string } };
  };
  const path = `/entities/export/pdf/${started.data.attributes.fileId}`;
  while (Number((await native('HEAD', path)).headers.get('content-length') ?? 0) === 0) await sleep(pollMillis);
  const bytes = Buffer.from(await (await native('GET', path)).arrayBuffer());
  if (bytes.subarray(0, 5).toString() !== '%PDF-') throw new Error(`${eid} has no PDF`);
  return createHash('sha256').update(bytes).digest('hex');
};

/** @returns the hashes of the PDFs. Nothing proves afterwards that they are of the closed version, or unaltered. */
export const runPollingScript = async (tenant: Tenant, experiments: readonly string[]): Promise<string[]> => {
  const left = [...experiments];
  const hashes: string[] = [];
  const lane = async (): Promise<void> => {
    for (let eid = left.shift(); eid !== undefined; eid = left.shift()) hashes.push(await fetchPdf(tenant, eid));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return hashes;
};
