/** A synthesized stack with its references: resources by type, properties resolved and checked when asked for. */
import type * as z from 'zod';
import { TwinError, templateError } from '../twin-error.ts';
import type { Assembly } from './assembly.ts';
import { type Reference, resolveIntrinsics, type Scope } from './intrinsics.ts';
import { accountId, createReferences } from './references.ts';

export type Stack = {
  readonly name: string;
  readonly region: string;
  /** Logical ids of every resource of one of these types whose condition holds. */
  ofType(...types: readonly string[]): string[];
  /** Logical ids of everything in the template. */
  all(): string[];
  typeOf(logicalId: string): string;
  /** Resolved properties, checked by `schema`. @throws TwinError naming the logical id. */
  read<T>(logicalId: string, schema: z.ZodType<T>): T;
  reference(logicalId: string): Reference;
  /** The logical id of the resource of this type with that Ref, physical name or ARN. */
  findByName(type: string, name: string): string | undefined;
  assetDirectory(hash: string): string | undefined;
};

const explain = (logicalId: string, error: unknown): TwinError =>
  templateError(logicalId, error instanceof Error ? error.message : String(error));

const readChecked = <T>(logicalId: string, properties: unknown, schema: z.ZodType<T>): T => {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'properties'}: ${issue.message}`);
  throw templateError(logicalId, `is not what the twin can run (${problems.join('; ')})`);
};

/** Prepares `assembly` for the twin; pseudo parameters are those of a local account. */
export const createStack = (assembly: Assembly): Stack => {
  const pseudo = {
    Region: assembly.region,
    AccountId: accountId,
    Partition: 'aws',
    URLSuffix: 'amazonaws.com',
    StackName: assembly.stackName,
    StackId: `arn:aws:cloudformation:${assembly.region}:${accountId}:stack/${assembly.stackName}/twin`,
  };
  const bare: Scope = { template: assembly.template, pseudo, references: new Map() };
  const references = createReferences(assembly, bare);
  const scope: Scope = { ...bare, references };
  const resources = assembly.template.Resources;
  const isThere = (logicalId: string): boolean => {
    const condition = resources[logicalId]?.Condition;
    return condition === undefined || resolveIntrinsics({ Condition: condition }, scope) === true;
  };
  const reference = (logicalId: string): Reference => {
    const found = references.get(logicalId);
    if (!found) throw new TwinError(`The template has no resource ${logicalId}`);
    return found;
  };
  return {
    name: assembly.stackName,
    region: assembly.region,
    ofType: (...types) =>
      Object.keys(resources).filter((id) => types.includes(resources[id]?.Type ?? '') && isThere(id)),
    all: () => Object.keys(resources),
    typeOf: (logicalId) => resources[logicalId]?.Type ?? '',
    read: (logicalId, schema) => {
      const resolved = (() => {
        try {
          return resolveIntrinsics(resources[logicalId]?.Properties, scope);
        } catch (error) {
          throw explain(logicalId, error);
        }
      })();
      return readChecked(logicalId, resolved, schema);
    },
    reference,
    findByName: (type, name) =>
      Object.keys(resources).find((id) => {
        if (resources[id]?.Type !== type) return false;
        const { ref, attributes } = reference(id);
        return ref === name || attributes.Arn === name;
      }),
    assetDirectory: assembly.assetDirectory,
  };
};
