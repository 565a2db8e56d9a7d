/**
 * Commands that work on the resources of a stage, with the AWS credentials of the shell.
 *
 * npm run operator -- put-credential --stage NAME              reads the tenant's API key from a hidden prompt or stdin
 * npm run operator -- put-hook-header --stage NAME --header NAME    reads the value that the tenant sends with each push
 * npm run operator -- put-mirror-header --stage NAME --mirror NAME    reads the value that the facade sends to a mirror
 * npm run operator -- add-admin --stage NAME --id ID           the first administrator of a stage
 * npm run operator -- add-consumer --stage NAME --id ID --scopes '*:read,entities:write'
 * npm run operator -- empty-buckets --stage NAME --region REGION    before a stage is torn down
 * npm run operator -- hold --stage NAME --entity EID --reason TEXT      a legal hold on the archived versions of an experiment
 * npm run operator -- release-hold --stage NAME --hold ID --reason TEXT
 * npm run operator -- queues --stage NAME --region REGION [--remove orphans|all]    those that were made for subscriptions
 * npm run operator -- versions --stage NAME --region REGION [--remove unused]    those that deployments have published
 * npm run operator -- malformed --stage NAME --region REGION [--id ID]    pushes that could not be read
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ConsumerId } from '../../shared/exchange/consumer.ts';
import { handOver } from './hand-over.ts';
import { readSecret } from './read-secret.ts';
import { UsageError } from './usage-error.ts';

export const stageCommands: readonly string[] = [
  ...['put-credential', 'put-hook-header', 'put-mirror-header', 'add-admin', 'add-consumer', 'empty-buckets', 'queues'],
  ...['versions', 'malformed'],
  ...['hold', 'release-hold'],
];

export const stageUsage = `Usage:
  npm run operator -- put-credential --stage NAME [--region REGION]
      Asks for the tenant's API key (nothing is shown), or reads it from standard input, and stores it encrypted.
      The tenant is asked whose key it is first; one that it refuses is not stored.
  npm run operator -- put-hook-header --stage NAME --header NAME [--end-others] [--region REGION]
      Asks for the value of the header that the tenant sends with each push, or reads it from standard input. A hash of it is
      stored. The value before it stays valid until the next one is set, or ends at once with --end-others.
  npm run operator -- put-mirror-header --stage NAME --mirror NAME --host HOST [--region REGION]
      Asks for the value of the header by which the hook of a mirror knows pushes, or reads it from standard input, and stores it
      encrypted. NAME is the name of the mirror in the settings of the stage.
  npm run operator -- add-admin --stage NAME --id ID [--key-file FILE] [--region REGION]
      Adds a consumer that may do everything, the administration of other consumers included, with a key.
  npm run operator -- add-consumer --stage NAME --id ID --scopes SCOPES [--key-file FILE] [--region REGION]
      Adds a consumer with scopes such as '*:read' or 'entities:read,entities:write', with a key.
  npm run operator -- empty-buckets --stage NAME --region REGION
      Removes every object from the buckets of the stage, so that it can be torn down: uploads that wait, and large answers
      of the cache.
  npm run operator -- queues --stage NAME --region REGION [--remove orphans|all]
      Lists the queues that the facade has made for subscriptions, which CloudFormation does not know. Removes those whose
      subscription is gone, or all of them before the stage is torn down, with the messages in them.
  npm run operator -- versions --stage NAME --region REGION [--remove unused]
      Lists the versions of functions that deployments have published for exports and the archive. Removes those on which no
      execution runs and none will begin.
  npm run operator -- hold --stage NAME --entity EID --reason TEXT [--region REGION]
      Places a legal hold on the archived versions of an experiment, those that come later included. Prints the id of the hold.
  npm run operator -- release-hold --stage NAME --hold ID --reason TEXT [--region REGION]
      Releases a legal hold. The record of it stays.
  npm run operator -- malformed --stage NAME --region REGION [--id ID]
      Lists pushes and pulled documents that were no notification, the newest first. With --id: writes that one to standard output,
      byte for byte. It may name persons.

A key is written to a new file that only you can read, or without --key-file shown once on the terminal.`;

/** A token (RFC 9110, 5.6.2). API Gateway hands on no header under some names; those of ours are for other purposes. */
const HeaderName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,64}$/, 'The name of the header is none.')
  .refine(
    (name) =>
      !/^(authorization|cookie|host|connection|content-.*|x-api-key|x-amz.*|x-forwarded-.*|via|expect|te)$/i.test(name),
    'A header of this name has another purpose: take one of your own, such as X-Signals-Hook.',
  );
/** A guessed value would admit forged pushes, so it must be long. White space at an end would be lost on the way. */
const HeaderValue = z
  .string()
  .min(24, 'The value needs at least 24 characters: take 32 random ones.')
  .max(1_024, 'The value has more than 1024 characters.')
  .regex(/^[!-~]+$/, 'The value may hold visible ASCII characters only.');

const MirrorName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,19}$/, 'A name of a mirror has up to 20 characters of a-z and 0-9.');

/** As `URL.host` spells it. */
const HostName = z
  .string()
  .regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/, 'A host is such as staging.example.com, with a port where the url has one.');

const required = (value: string | undefined, name: string): string => {
  if (!value) throw new UsageError(`--${name} is missing.`);
  return value;
};

const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> => {
  const result = schema.safeParse(value);
  if (!result.success) throw new UsageError(result.error.issues.map((issue) => issue.message).join('; '));
  return result.data;
};

export const stageOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  id: { type: 'string' },
  scopes: { type: 'string' },
  header: { type: 'string' },
  mirror: { type: 'string' },
  host: { type: 'string' },
  'end-others': { type: 'boolean', default: false },
  'key-file': { type: 'string' },
  remove: { type: 'string' },
  entity: { type: 'string' },
  hold: { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: stageOptions });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\. |\n/)[0]);
  }
};

/** Loaded only for a well-formed command, so that the help and the refusal of a mistyped command do not wait for the AWS clients. */
const loadTools = async () => {
  const [stages, provisioning, scopes, seed] = await Promise.all([
    import('./find-stage.ts'),
    import('./provision.ts'),
    import('./known-scopes.ts'),
    import('./seed.ts'),
  ]);
  return { ...stages, ...provisioning, ...scopes, ...seed };
};

const run = async (args: readonly string[]): Promise<void> => {
  const { positionals, values } = readArguments(args);
  const [command] = positionals;
  if (!stageCommands.includes(command ?? '')) throw new UsageError(`Say ${stageCommands.join(', ')}.`);
  const stage = required(values.stage, 'stage');
  if (command === 'empty-buckets') {
    const region = required(values.region, 'region');
    const { emptyBucketsCommand } = await import('./empty-buckets-command.ts');
    return emptyBucketsCommand(stage, region);
  }
  if (command === 'queues') {
    const region = required(values.region, 'region');
    const { queuesCommand } = await import('./queues-command.ts');
    return queuesCommand(stage, region, values.remove);
  }
  if (command === 'versions') {
    const region = required(values.region, 'region');
    const { versionsCommand } = await import('./versions-command.ts');
    return versionsCommand(stage, region, values.remove);
  }
  if (command === 'malformed') {
    const region = required(values.region, 'region');
    const { malformedCommand } = await import('./malformed-command.ts');
    return malformedCommand(stage, region, values.id);
  }
  if (values.region) process.env.AWS_REGION = values.region;
  if (!process.env.AWS_REGION && !process.env.AWS_DEFAULT_REGION && !process.env.AWS_PROFILE)
    throw new UsageError('No AWS region is set: add --region, or set AWS_REGION.');
  const { findRecordedStage, createProvisioner, ensureKnownScopes, adminScopes } = await loadTools();
  if (command === 'put-credential') {
    const resources = await findRecordedStage(stage, values.region);
    const secret = await readSecret(`API key of the Signals tenant for stage ${stage}: `);
    if (!secret) throw new UsageError('No key was given.');
    const provisioner = createProvisioner(resources);
    await provisioner.putCredential('signals', secret);
    provisioner.close();
    console.log('Stored. Instances that hold another key use this one within 5 minutes.');
    return;
  }
  if (command === 'put-hook-header') {
    const name = checked(HeaderName, required(values.header, 'header'));
    const provisioner = createProvisioner(await findRecordedStage(stage, values.region));
    const value = checked(HeaderValue, await readSecret(`Value of the header ${name} for stage ${stage}: `));
    await provisioner.putHookHeader(name, value, values['end-others']);
    provisioner.close();
    console.log('Stored. Every instance takes it within 30 s: then let the administrator of the tenant enter it.');
    return;
  }
  if (command === 'put-mirror-header') {
    const mirror = checked(MirrorName, required(values.mirror, 'mirror'));
    const host = checked(HostName, required(values.host, 'host'));
    const provisioner = createProvisioner(await findRecordedStage(stage, values.region));
    const value = checked(HeaderValue, await readSecret(`Value of the header of the mirror ${mirror}: `));
    await provisioner.putMirrorHeader(mirror, host, value);
    provisioner.close();
    console.log('Stored. Every instance sends it within 30 s.');
    return;
  }
  if (command === 'hold' || command === 'release-hold') {
    const reason = required(values.reason, 'reason');
    const subject = command === 'hold' ? required(values.entity, 'entity') : required(values.hold, 'hold');
    const { createHoldCommands } = await import('./hold-commands.ts');
    const holds = createHoldCommands(await findRecordedStage(stage, values.region));
    const hold = await (command === 'hold' ? holds.place(subject, reason) : holds.release(subject, reason));
    console.log(`${hold}: written down. S3 has it within five minutes.`);
    return;
  }
  const id = checked(ConsumerId, required(values.id, 'id'));
  const scopes =
    command === 'add-admin'
      ? adminScopes
      : required(values.scopes, 'scopes')
          .split(',')
          .map((scope) => scope.trim());
  ensureKnownScopes(scopes);
  const provisioner = createProvisioner(await findRecordedStage(stage, values.region));
  await handOver(id, values['key-file'], process.stdout, () =>
    provisioner.addConsumer(id, scopes, {
      command: command === 'add-admin' ? command : 'add-consumer',
    }),
  );
};

/** @returns the status of the process. */
export const runStageCommand = async (args: readonly string[]): Promise<number> => {
  try {
    await run(args);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const { message, name } = error as Error;
    const line = message.split('\n')[0];
    console.error(
      error instanceof UsageError ? `${line} Fix: npm run operator -- --help lists the options.` : `${name}: ${line}`,
    );
    return 1;
  }
};
