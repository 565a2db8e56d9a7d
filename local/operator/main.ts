/**
 * npm run operator -- put-credential --stage NAME              reads the tenant's API key from a hidden prompt or stdin
 * npm run operator -- add-consumer --stage NAME --id ID --scopes '*:read,entities:write'     prints the new key, once
 */
import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { ConsumerId, Scope } from '../../shared/consumers/consumer.ts';
import { createProvisioner, type StageResources } from './provision.ts';
import { readSecret } from './read-secret.ts';

const usage = `Usage:
  npm run operator -- put-credential --stage NAME [--region REGION]
      Asks for the tenant's API key (nothing is shown), or reads it from standard input, and stores it encrypted.
  npm run operator -- add-consumer --stage NAME --id ID --scopes SCOPES [--region REGION]
      Adds a consumer with scopes such as '*:read' or 'entities:read,entities:write' and prints its key, once.`;

/** A mistake of the person at the keyboard: one line and the usage, no stack. */
class UsageError extends Error {}

const Outputs = z.object({ ConsumersTable: z.string(), CredentialsTable: z.string(), CredentialsKey: z.string() });

/** Tables and key of a deployed stage, from the outputs of its stack. */
const findStage = async (stage: string, region: string | undefined): Promise<StageResources> => {
  const client = new CloudFormationClient(region ? { region } : {});
  const stackName = `signals-facade-${stage}`;
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const outputs = Outputs.safeParse(
    Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  );
  if (!outputs.success) throw new UsageError(`The stack ${stackName} has no outputs of this facade: is it deployed?`);
  const { ConsumersTable, CredentialsTable, CredentialsKey } = outputs.data;
  return { consumersTable: ConsumersTable, credentialsTable: CredentialsTable, credentialsKey: CredentialsKey };
};

const required = (value: string | undefined, name: string): string => {
  if (!value) throw new UsageError(`--${name} is missing.`);
  return value;
};

const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> => {
  const result = schema.safeParse(value);
  if (!result.success) throw new UsageError(result.error.issues.map((issue) => issue.message).join('; '));
  return result.data;
};

const run = async (): Promise<void> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      region: { type: 'string' },
      id: { type: 'string' },
      scopes: { type: 'string' },
    },
  });
  const [command] = positionals;
  if (command !== 'put-credential' && command !== 'add-consumer')
    throw new UsageError('Say put-credential or add-consumer.');
  const stage = required(values.stage, 'stage');
  if (values.region) process.env.AWS_REGION = values.region;
  if (command === 'put-credential') {
    const resources = await findStage(stage, values.region);
    const secret = await readSecret(`API key of the Signals tenant for stage ${stage}: `);
    if (!secret) throw new UsageError('No key was given.');
    await createProvisioner(resources).putCredential('signals', secret);
    console.log('Stored. Instances that hold another key use this one within 5 minutes.');
    return;
  }
  const id = checked(ConsumerId, required(values.id, 'id'));
  const scopes = checked(z.array(Scope), required(values.scopes, 'scopes').split(','));
  const key = await createProvisioner(await findStage(stage, values.region)).addConsumer(id, scopes);
  console.log(`Key of ${id}, shown only now:\n${key}`);
};

run().catch((error: unknown) => {
  const { message, name } = error as Error;
  console.error(error instanceof UsageError ? `${message}\n\n${usage}` : `${name}: ${message}`);
  process.exitCode = 1;
});
