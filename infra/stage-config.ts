/**
 * The settings of each stage: the one file to edit before a deployment. stage-fields.ts explains each field. This file must contain no
 * secret: the Signals API key and the consumers' keys are stored in the running stage (docs/deploy.md).
 *
 * Any value can be overridden without an edit, in this order: CDK context (`-c tenantUrl=https://...`), environment
 * (`FACADE_TENANT_URL=https://...`, the field's name in capitals), this file.
 */
import type * as z from 'zod';
import { nearestOf } from '../shared/consumers/nearest.ts';
import { acceptedBy, leastUnreserved, type StageField, stageFieldNames, stageFields } from './stage-fields.ts';

/** Values as written below; strings from context or environment are read by the same schema. */
const stages = {
  dev: {
    tenantUrl: 'https://snb.example.com',
    region: 'us-east-1',
    logRetentionDays: 14,
    dataRetention: 'delete',
    firewall: 'off',
  },
  prod: {
    tenantUrl: 'https://snb.example.com',
    region: 'us-east-1',
    logRetentionDays: 180,
    tracePercent: 1,
    dataRetention: 'keep',
    accountConcurrency: 1_000,
    // Functions that any caller can keep busy are capped. Administration has the rest.
    reservedConcurrency: { native: 400, uploads: 50, documents: 50, actions: 20, sweep: 2, keepalive: 1 },
  },
  /** The twin on one machine: never deployed. Reads SIGNALS_URL and PORT. */
  local: {
    region: 'us-east-1',
    logRetentionDays: 1,
    dataRetention: 'delete',
    // So that a folder of the archive is whole a minute after the last PDF.
    archiveSealMinutes: 1,
    // Where a demo system of record may run.
    sourceNetworks: ['127.0.0.0/8'],
    accountConcurrency: 1_000,
    // Processes of the twin.
    reservedConcurrency: { native: 10, uploads: 4, documents: 4, actions: 4, sweep: 2, keepalive: 1 },
    // For the demo tenant: its experiment `Run 7` is made from this template.
    signingRules: [
      { name: 'Safety sheet', needsChild: { type: 'excel', name: 'Safety Sheet' } },
      {
        name: 'Project',
        needsField: 'Project',
        templates: ['experiment:00000000-0000-4000-a000-000000000020'],
      },
      { name: 'Not closed yet', types: ['experiment'], forbidsStates: ['closed', 'archived', 'voided'] },
    ],
  },
} as const;

export type StageName = keyof typeof stages;
export const stageNames = Object.keys(stages) as StageName[];

/** The placeholder for the tenant. A deployment that still uses it gets a warning. */
export const exampleTenantUrl = 'https://snb.example.com';

export type StageConfig = z.infer<ReturnType<typeof stageFields>> & { readonly stage: StageName };

const isField = (name: string): name is StageField => stageFieldNames.some((known) => known === name);

const acceptedIn = (stage: StageName, name: string): string =>
  isField(name) ? acceptedBy(name, stage === 'local') : `a setting that exists (${stageFieldNames.join(', ')})`;

/** The error of a wrong configuration: one line for each wrong value, with stage, field, value and accepted values. */
export class StageConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'StageConfigError';
    this.lines = lines;
  }
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const toLine = (stage: StageName, field: string, value: unknown): string =>
  `Stage ${stage}, field ${field}: ${show(value)} is not accepted. Accepted: ${acceptedIn(stage, field)}.`;

const wrongFields = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])];

type Concurrency = Pick<StageConfig, 'accountConcurrency' | 'reservedConcurrency'>;

const sumOf = (reserved: Concurrency['reservedConcurrency']): number =>
  Object.values(reserved).reduce<number>((sum, count = 0) => sum + count, 0);

const reservedTooMuch = ({ accountConcurrency, reservedConcurrency }: Concurrency): boolean => {
  const sum = sumOf(reservedConcurrency);
  return sum > 0 && sum > accountConcurrency - leastUnreserved;
};

const mirrorsItself = ({ mirrors, publicUrl }: Pick<StageConfig, 'mirrors' | 'publicUrl'>): boolean =>
  publicUrl !== undefined && mirrors.some(({ url }) => new URL(url).origin === new URL(publicUrl).origin);

/** How many executions a function may have at once, and its pool: its own reservation, or the unreserved rest that several share. */
export const concurrencyOf = (
  { accountConcurrency, reservedConcurrency }: Concurrency,
  name: string,
): { readonly executions: number; readonly sharedBy: string } => {
  const own = reservedConcurrency[name];
  return own === undefined
    ? { executions: accountConcurrency - sumOf(reservedConcurrency), sharedBy: 'unreserved' }
    : { executions: own, sharedBy: name };
};

/**
 * Checks the values of one stage and fills in the defaults.
 * @throws StageConfigError that names every wrong value.
 */
export const parseStageConfig = (stage: StageName, values: Readonly<Record<string, unknown>>): StageConfig => {
  const result = stageFields(stage === 'local').safeParse(values);
  const wrong = new Set(result.error?.issues.flatMap(wrongFields) ?? []);
  if (result.data && (result.data.endpointType === 'private') !== result.data.vpcEndpointIds.length > 0)
    wrong.add('vpcEndpointIds');
  if (result.data && result.data.vpcSubnetIds.length > 0 !== result.data.vpcSecurityGroupIds.length > 0)
    wrong.add('vpcSecurityGroupIds');
  if (result.data?.oauthResponseType === 'code' && !result.data.oauthTokenPath) wrong.add('oauthTokenPath');
  if (result.data && mirrorsItself(result.data)) wrong.add('mirrors');
  if (result.data && reservedTooMuch(result.data)) wrong.add('reservedConcurrency');
  if (wrong.size > 0) throw new StageConfigError([...wrong].map((field) => toLine(stage, field, values[field])));
  return { ...(result.data as Omit<StageConfig, 'stage'>), stage };
};

type Values = Readonly<Record<string, string | undefined>>;

/** `tenantUrl` is FACADE_TENANT_URL. */
export const variableOf = (field: StageField): string =>
  `FACADE_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

const localValues = ({ SIGNALS_URL, PORT, ISSUER_PORT }: Values): Values => ({
  // Client id and path of the simulator.
  oauthClientId: 'demo-client',
  oauthTokenPath: '/auth/oauth/token',
  tenantUrl: SIGNALS_URL ?? 'http://127.0.0.1:4010',
  publicUrl: `http://127.0.0.1:${PORT ?? '4000'}`,
  // The demo issuer gives every token to everybody. No stage that is deployed takes an issuer on this machine.
  oidcIssuers: JSON.stringify([{ issuer: `http://127.0.0.1:${ISSUER_PORT ?? '4030'}`, audience: 'signals-facade' }]),
});

/** Empty means not set, so that a variable can be switched off with `FACADE_PUBLIC_URL=`. */
const dropEmpty = (values: Values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

const variablePrefix = 'FACADE_';

/** Refuses unknown names of variables. A misspelt name would otherwise have no effect. */
const checkVariables = (stage: StageName, env: Values): void => {
  const known = stageFieldNames.map(variableOf);
  const unknown = Object.keys(env).filter((name) => name.startsWith(variablePrefix) && !known.includes(name));
  const [first = '', ...others] = known.map((name) => name.toLowerCase());
  const lines = unknown.map(
    (name) =>
      `Stage ${stage}: ${name} is no setting. Fix: set ${nearestOf(name, [first, ...others]).toUpperCase()} if that is meant, or unset it.`,
  );
  if (lines.length > 0) throw new StageConfigError(lines);
};

/**
 * Reads one stage: this file, overridden by the environment, overridden by `context` (by field name).
 * @throws StageConfigError if the stage, a value or the name of a variable is wrong.
 */
export const loadStageConfig = (name: string, env: Values, context: Values = {}): StageConfig => {
  const stage = stageNames.find((known) => known === name);
  if (!stage) throw new StageConfigError([`Stage ${name} does not exist. Accepted: ${stageNames.join(', ')}.`]);
  checkVariables(stage, env);
  const fromEnv = Object.fromEntries(stageFieldNames.map((field) => [field, env[variableOf(field)]]));
  const fromContext = Object.fromEntries(stageFieldNames.map((field) => [field, context[field]]));
  return parseStageConfig(stage, {
    ...stages[stage],
    ...(stage === 'local' ? dropEmpty(localValues(env)) : {}),
    ...dropEmpty(fromEnv),
    ...dropEmpty(fromContext),
  });
};

/** The fields that context may override. */
export const overridableFields: readonly string[] = stageFieldNames;
