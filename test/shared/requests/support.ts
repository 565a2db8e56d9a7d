/** A kept request and an answered one; a case names only what matters to it. */
import type { AnsweredRequest, RequestRecord } from '../../../shared/exchange/decision.ts';

export const requestId = '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10';
export const startMillis = 1_800_000_000_000;

export const aRecord = (parts: Partial<RequestRecord> = {}): RequestRecord => ({
  requestId,
  consumerId: 'app',
  method: 'GET',
  sends: [200],
  status: 200,
  startedAtMillis: startMillis,
  answeredAtMillis: startMillis + 20,
  endedAtMillis: startMillis + 25,
  deleteAtSeconds: startMillis / 1_000 + 86_400,
  ...parts,
});

export const answered = (
  decision: AnsweredRequest['decision'],
  parts: Partial<Omit<AnsweredRequest, 'decision'>> = {},
): AnsweredRequest => ({
  requestId,
  method: 'GET',
  status: 200,
  errorCode: undefined,
  startedAtMillis: startMillis,
  answeredAtMillis: startMillis + 20,
  endedAtMillis: startMillis + 25,
  bodyBytes: 100,
  ...parts,
  decision: { consumer: 'app', ...decision },
});
