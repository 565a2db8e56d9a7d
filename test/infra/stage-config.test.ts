import { describe, expect, it } from 'vitest';
import {
  concurrencyOf,
  loadStageConfig,
  overridableFields,
  parseStageConfig,
  type StageName,
  stageNames,
} from '../../infra/stage-config.ts';

const good = {
  tenantUrl: 'https://snb.example.com',
  region: 'eu-west-1',
  logRetentionDays: 14,
  dataRetention: 'delete',
};

const linesOf = (task: () => unknown): string[] => {
  try {
    task();
  } catch (error) {
    return String((error as Error).message).split('\n');
  }
  return [];
};
const linesFor = (values: Record<string, unknown>, stage: StageName = 'prod') =>
  linesOf(() => parseStageConfig(stage, { ...good, ...values }));

describe('loadStageConfig', () => {
  it.each(stageNames)('accepts stage %s as the file has it', (stage) => {
    expect(loadStageConfig(stage, {}).stage).toBe(stage);
  });

  it('refuses a stage that does not exist and names those that do', () => {
    expect(linesOf(() => loadStageConfig('qa', {}))).toEqual(['Stage qa does not exist. Accepted: dev, prod, local.']);
  });

  it('lets the environment override the file and the context override both', () => {
    const env = { FACADE_TENANT_URL: 'https://env.example.com', FACADE_LOG_RETENTION_DAYS: '30' };
    expect(loadStageConfig('dev', env)).toMatchObject({ tenantUrl: 'https://env.example.com', logRetentionDays: 30 });
    const config = loadStageConfig('dev', env, { tenantUrl: 'https://context.example.com' });
    expect(config).toMatchObject({ tenantUrl: 'https://context.example.com', logRetentionDays: 30 });
  });

  it('reads SIGNALS_URL and PORT in the stage local only', () => {
    const env = { SIGNALS_URL: 'http://127.0.0.1:5010', PORT: '5000' };
    expect(loadStageConfig('local', env)).toMatchObject({
      tenantUrl: 'http://127.0.0.1:5010',
      publicUrl: 'http://127.0.0.1:5000',
    });
    expect(loadStageConfig('dev', env)).toMatchObject({ tenantUrl: 'https://snb.example.com' });
  });

  it('trusts the demo issuer in the stage local only, at the port where it runs', () => {
    const issuersOf = (stage: StageName, env: Record<string, string>) =>
      loadStageConfig(stage, env).oidcIssuers.map(({ issuer, audience }) => [issuer, audience]);
    expect(issuersOf('local', {})).toEqual([['http://127.0.0.1:4030', 'signals-facade']]);
    expect(issuersOf('local', { ISSUER_PORT: '5030' })).toEqual([['http://127.0.0.1:5030', 'signals-facade']]);
    for (const stage of ['dev', 'prod'] as const) expect(issuersOf(stage, { ISSUER_PORT: '5030' })).toEqual([]);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadStageConfig('dev', { FACADE_REGION: '' }).region).toBe('us-east-1');
  });

  it('reads lists, numbers and switches out of strings', () => {
    const env = {
      FACADE_ENDPOINT_TYPE: 'private',
      FACADE_VPC_ENDPOINT_IDS: 'vpce-0a1b2c3d4e5f67890, vpce-0a1b2c3d',
      FACADE_TENANT_REQUESTS_PER_MINUTE: '400',
      FACADE_SETS_GATEWAY_LOG_ROLE: 'false',
      FACADE_ADDED_HEADERS: 'X-Units,x-lab',
      FACADE_CORS_ORIGINS: 'https://app.example.com, http://localhost:5173',
      FACADE_ACCOUNT_CONCURRENCY: '500',
      FACADE_RESERVED_CONCURRENCY: '{"native":300,"documents":100}',
    };
    expect(loadStageConfig('dev', env)).toMatchObject({
      vpcEndpointIds: ['vpce-0a1b2c3d4e5f67890', 'vpce-0a1b2c3d'],
      tenantRequestsPerMinute: 400,
      setsGatewayLogRole: false,
      addedHeaders: ['x-units', 'x-lab'],
      corsOrigins: ['https://app.example.com', 'http://localhost:5173'],
      accountConcurrency: 500,
      reservedConcurrency: { native: 300, documents: 100 },
    });
  });
});

describe('parseStageConfig', () => {
  it.each([
    ['tenantUrl', undefined, 'nothing'],
    ['tenantUrl', 'snb.example.com', '"snb.example.com"'],
    ['tenantUrl', 'http://snb.example.com', '"http://snb.example.com"'],
    ['tenantUrl', 'http://127.0.0.1:4010', '"http://127.0.0.1:4010"'],
    ['tenantUrl', 'https://snb.example.com/', '"https://snb.example.com/"'],
    ['tenantUrl', 'https://snb.example.com/api/rest/v1.0', '"https://snb.example.com/api/rest/v1.0"'],
    ['tenantUrl', 'https://user:pass@snb.example.com', '"https://user:pass@snb.example.com"'],
    ['region', 'Frankfurt', '"Frankfurt"'],
    ['account', '1234', '"1234"'],
    ['endpointType', 'edge', '"edge"'],
    ['vpcEndpointIds', ['vpc-123'], '["vpc-123"]'],
    ['vpcEndpointIds', ['vpce-0a1b2c3d'], '["vpce-0a1b2c3d"]'],
    ['publicUrl', 'https://signals.example.com/', '"https://signals.example.com/"'],
    ['publicUrl', 'http://signals.example.com', '"http://signals.example.com"'],
    ['tenantRequestsPerMinute', 0, '0'],
    ['tenantRequestsPerMinute', 1001, '1001'],
    ['tenantRequestsPerMinute', 'many', '"many"'],
    ['gatewayRequestsPerSecond', 0.5, '0.5'],
    ['gatewayBurstRequests', 5001, '5001'],
    ['addressRequestsPerMinute', 9, '9'],
    ['upstreamFirstByteSeconds', 291, '291'],
    ['deploymentRole', '****', '"****"'],
    ['deploymentRole', '*a*b*c*', '"*a*b*c*"'],
    ['accountConcurrency', 9, '9'],
    ['reservedConcurrency', 'many', '"many"'],
    ['reservedConcurrency', { native: 0 }, '{"native":0}'],
    ['reservedConcurrency', { nativ: 1 }, '{"nativ":1}'],
    ['largeAnswersPerConsumer', 0, '0'],
    ['addedHeaders', ['x-http-method-override'], '["x-http-method-override"]'],
    ['addedHeaders', 'x-units, X-Remote-User', '"x-units, X-Remote-User"'],
    ['addedHeaders', ['x_api_key'], '["x_api_key"]'],
    ['corsOrigins', 'https://app.example.com/', '"https://app.example.com/"'],
    ['corsOrigins', ['https://app.example.com/app'], '["https://app.example.com/app"]'],
    ['corsOrigins', 'http://app.example.com', '"http://app.example.com"'],
    ['corsOrigins', '*', '"*"'],
    ['corsOrigins', 'null', '"null"'],
    ['logRetentionDays', 15, '15'],
    ['dataRetention', 'maybe', '"maybe"'],
    ['setsGatewayLogRole', 'perhaps', '"perhaps"'],
    ['alarmEmail', 'ops', '"ops"'],
    ['oauthClientId', 'x'.repeat(201), `"${'x'.repeat(201)}"`],
    ['oauthScope', 'a "b"', '"a \\"b\\""'],
    ['tenantUrl', `https://${'x'.repeat(117)}.com`, `"https://${'x'.repeat(117)}.com"`],
    ['publicUrl', `https://a.com/${'x'.repeat(115)}`, `"https://a.com/${'x'.repeat(115)}"`],
    ['tenantURL', 'https://snb.example.com', '"https://snb.example.com"'],
  ])('answers a wrong %s (%j) with one line', (field, value, shown) => {
    const lines = linesFor({ [field]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Stage prod, field (\w+): .+ is not accepted\. Accepted: .+\.$/);
    expect(lines[0]).toContain(`field ${field}: ${shown} is not accepted`);
  });

  it.each(overridableFields)('says what %s accepts', (field) => {
    expect(linesFor({ [field]: { wrong: true } })).toEqual([expect.stringMatching(/ Accepted: \w.+\.$/)]);
  });

  it('asks for endpoint ids when a private endpoint has none', () => {
    expect(linesFor({ endpointType: 'private' })).toEqual([
      'Stage prod, field vpcEndpointIds: nothing is not accepted. Accepted: ids such as vpce-0a1b2c3d4e5f67890, at least one for a private endpoint and none for a regional one.',
    ]);
  });

  it('leaves the 100 executions that Lambda wants unreserved', () => {
    const reserving = (accountConcurrency: number, reservedConcurrency: object) =>
      linesFor({ accountConcurrency, reservedConcurrency });
    expect(reserving(1_000, { native: 899, sweep: 2 })).toEqual([
      expect.stringMatching(
        /^Stage prod, field reservedConcurrency: .* at most accountConcurrency less 100, or \{\}\.$/,
      ),
    ]);
    expect(reserving(1_000, { native: 898, sweep: 2 })).toEqual([]);
    expect(reserving(10, { native: 1 })).toHaveLength(1);
    expect(reserving(10, {})).toEqual([]);
  });

  it('names every wrong value, each in its own line', () => {
    expect(linesFor({ region: 'x', dataRetention: 'y', account: 'z' })).toHaveLength(3);
  });

  it.each([
    { issuer: 'http://127.0.0.1:4030', audience: 'a' },
    { issuer: 'https://localhost:4030', audience: 'a' },
    { issuer: 'https://127.0.0.2:4030', audience: 'a' },
    { issuer: 'https://localhost.:4030', audience: 'a' },
    { issuer: 'https://login.localhost:4030', audience: 'a' },
    { issuer: 'https://0x7f.1:4030', audience: 'a' },
    { issuer: 'https://[::ffff:127.0.0.1]:4030', audience: 'a' },
    { issuer: 'https://login.example.com', audience: 'a', jwksUrl: 'http://[::1]:4030/keys' },
  ])('accepts the issuer %o in the stage local only', (issuer) => {
    expect(linesFor({ oidcIssuers: [issuer] }, 'local')).toEqual([]);
    for (const stage of ['dev', 'prod'] as const)
      expect(linesFor({ oidcIssuers: [issuer] }, stage)[0]).toContain('field oidcIssuers');
  });

  it.each([
    ['oauthClientId', 'client"1', 'without quotes, backslashes and spaces'],
    ['oauthScope', 'a\\b', 'without quotes and backslashes'],
    ['tenantUrl', 'https://snb.example.com/a', 'an https origin of at most 128 characters, without a path'],
  ])('says which form the field %s takes, given %s', (field, value, form) => {
    expect(linesFor({ [field]: value }, 'prod')[0]).toContain(form);
  });

  it('accepts http in the stage local for loopback addresses only', () => {
    expect(linesFor({ tenantUrl: 'http://127.0.0.1:4010' }, 'local')).toEqual([]);
    expect(linesFor({ tenantUrl: 'http://localhost:4010' }, 'local')).toEqual([]);
    // Node asks DNS for names below localhost.
    expect(linesFor({ tenantUrl: 'http://tenant.localhost:4010' }, 'local')[0]).toContain('or http://127.0.0.1:4010');
    expect(linesFor({ tenantUrl: 'http://snb.example.com' }, 'local')[0]).toContain('or http://127.0.0.1:4010');
  });
});

describe('concurrencyOf', () => {
  const config = parseStageConfig('prod', {
    ...good,
    accountConcurrency: 1_000,
    reservedConcurrency: { native: 21, sweep: 2 },
  });

  it('is what a function has reserved, for itself alone', () => {
    expect(concurrencyOf(config, 'native')).toEqual({ executions: 21, sharedBy: 'native' });
  });

  it('is what nobody has reserved, together with the other functions without a reservation', () => {
    expect(concurrencyOf(config, 'uploads')).toEqual({ executions: 977, sharedBy: 'unreserved' });
    expect(concurrencyOf(config, 'consumers')).toEqual({ executions: 977, sharedBy: 'unreserved' });
  });
});
