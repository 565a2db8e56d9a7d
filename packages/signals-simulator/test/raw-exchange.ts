/** Answers of a tenant before they are cleaned, and what a recording has of them. */
import { type RawExchange, redactAll } from '../src/recording/redact.ts';

export const key = 'REALKEY-1234+/x';
export const base = 'https://acme.example.org/api/rest/v1.0';
export const json = { 'content-type': 'application/vnd.api+json' };
export const html = { 'content-type': 'text/html; charset=utf-8' };

type Part = Partial<Omit<RawExchange, 'bytes' | 'sizeBytes'>> & { readonly body?: string | Buffer };
export const raw = ({ body = '', ...part }: Part): RawExchange => {
  const bytes = Buffer.from(body);
  return { method: 'GET', path: '/users', status: 200, headers: json, ...part, bytes, sizeBytes: bytes.byteLength };
};
export const document = (value: unknown, part: Part = {}) => raw({ ...part, body: JSON.stringify(value) });
export const recordingOf = (...exchanges: RawExchange[]) => redactAll(exchanges, { base, key });
export const record = (...exchanges: RawExchange[]) => recordingOf(...exchanges).exchanges;
export const textOf = (...exchanges: RawExchange[]) => JSON.stringify(record(...exchanges));
export const bodyOf = (value: unknown) => {
  const body = record(document(value))[0]?.body ?? { sizeBytes: -1 };
  return 'text' in body ? JSON.parse(body.text) : body;
};
