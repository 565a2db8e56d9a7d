import { describe, expect, it } from 'vitest';
import { HealthEnv, NativeEnv, parseEnv, UploadsEnv } from '../../../functions/wiring/env.ts';

const good = {
  STAGE: 'dev',
  PUBLIC_URL: '',
  SIGNALS_URL: 'https://snb.example.com',
  CONSUMERS_TABLE: 'c',
  CREDENTIALS_TABLE: 'd',
  CREDENTIALS_KEY: 'k',
  CACHE: 'on',
  QUOTA_TABLE: 'q',
  QUOTA_MODE: 'enforce',
  QUOTA_WHEN_STORE_FAILS: 'refuse',
  TENANT_REQUESTS_PER_MINUTE: '1000',
  CACHE_TABLE: 'e',
  CACHE_BUCKET: 'b',
  UPSTREAM_FIRST_BYTE_SECONDS: '60',
  QUOTA_DIRECT_SHARE: '0.1',
  QUOTA_RESERVED_SHARE: '0.25',
  REQUESTS_TABLE: 'r',
  REQUEST_LOG: 'on',
  AUDIT_TABLE: 'a',
  AUDIT_RETENTION_DAYS: '3650',
  AUDIT_WHEN_STORE_FAILS: 'refuse',
  IDEMPOTENCY_TABLE: 'i',
  IDEMPOTENCY_HOURS: '24',
  TOKENS_TABLE: 't',
  OAUTH_CLIENT_ID: '',
  ADDED_HEADERS: '',
  LARGE_ANSWERS_PER_CONSUMER: '4',
  LARGE_ANSWERS_IN_ALL: '5',
  LARGE_ANSWERS_POOL: 'native',
  DOCUMENT_MOST_DECODED_MIB: '64',
  OPERATIONS_QUEUE_URL: 'https://sqs.example.com/000000000000/operations',
};

describe('parseEnv', () => {
  it('reads a good environment, numbers as numbers', () => {
    expect(parseEnv(NativeEnv, { ...good, OTHER: 'x' })).toEqual({
      ...good,
      UPSTREAM_FIRST_BYTE_SECONDS: 60,
      TENANT_REQUESTS_PER_MINUTE: 1_000,
      QUOTA_DIRECT_SHARE: 0.1,
      QUOTA_RESERVED_SHARE: 0.25,
      AUDIT_RETENTION_DAYS: 3_650,
      IDEMPOTENCY_HOURS: 24,
      ADDED_HEADERS: [],
      LARGE_ANSWERS_PER_CONSUMER: 4,
      LARGE_ANSWERS_IN_ALL: 5,
      DOCUMENT_MOST_DECODED_MIB: 64,
      SLOW_READER_SECONDS: 30,
      OIDC_ISSUERS: [],
      KEY_USE: 'ignore',
    });
  });

  it('names every bad variable at once and shows no value', () => {
    const bad = {
      ...good,
      SIGNALS_URL: 'https://snb.example.com/secret-path',
      CONSUMERS_TABLE: '',
      UPSTREAM_FIRST_BYTE_SECONDS: '0',
    };
    expect(() => parseEnv(UploadsEnv, bad)).toThrow(
      /SIGNALS_URL.*UPSTREAM_FIRST_BYTE_SECONDS.*CONSUMERS_TABLE.*UPLOADS_TABLE/s,
    );
    expect(() => parseEnv(UploadsEnv, bad)).not.toThrow(/secret-path/);
  });

  it('reads the headers that a stage adds, and refuses those that must not travel', () => {
    expect(parseEnv(NativeEnv, { ...good, ADDED_HEADERS: 'x-units,x-lab' }).ADDED_HEADERS).toEqual([
      'x-units',
      'x-lab',
    ]);
    expect(() => parseEnv(NativeEnv, { ...good, ADDED_HEADERS: 'x-units,x-user' })).toThrow(/ADDED_HEADERS/);
  });

  it.each([
    'nonsense',
    'https://snb.example.com/',
    'https://u:p@snb.example.com',
    'ftp://snb.example.com',
    'https://snb.example.com?x',
  ])('refuses the origin %s by name', (SIGNALS_URL) => {
    expect(() => parseEnv(NativeEnv, { ...good, SIGNALS_URL })).toThrow(/^The environment.*SIGNALS_URL/s);
  });
});

describe('HealthEnv', () => {
  const env = { ...good, NOTIFICATIONS_TABLE: 'n', ARCHIVE_TABLE: 'h' };

  it.each([
    ['of AWS', 'https://sqs.eu-west-1.amazonaws.com/123456789012/'],
    ['of the twin', 'http://127.0.0.1:4100/000000000000/'],
  ])('makes the URL of each queue from one URL %s and the names', (_, base) => {
    const names = [
      ['Ingress', 'one.fifo', 'one-dead.fifo'],
      ['Replays', 'two', 'two-dead'],
    ];
    expect(parseEnv(HealthEnv, { ...env, QUEUES: JSON.stringify({ like: `${base}one.fifo`, names }) }).QUEUES).toEqual([
      { name: 'Ingress', queueUrl: `${base}one.fifo`, deadLettersUrl: `${base}one-dead.fifo` },
      { name: 'Replays', queueUrl: `${base}two`, deadLettersUrl: `${base}two-dead` },
    ]);
  });

  it('has no queues while a deployment has not set the variable', () => {
    expect(parseEnv(HealthEnv, env).QUEUES).toEqual([]);
  });
});
