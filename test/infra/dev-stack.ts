/** The template of the stages dev and prod, with the functions, roles and statements in it. */
import { functionNames } from '../../infra/function-names.ts';
import { named } from './stages.ts';
import { type Resource, synthesize } from './synthesized.ts';

export const { template, resources, ofType } = synthesize('dev');
export const prod = synthesize('prod', named);

export type Statement = {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
};
export type Role = {
  readonly Policies?: { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
  readonly ManagedPolicyArns?: unknown;
};
type Policy = {
  readonly PolicyDocument: { readonly Statement: Statement[] };
  readonly Roles: { readonly Ref: string }[];
};
export type FunctionProperties = {
  readonly Environment: { readonly Variables: Record<string, unknown> };
  readonly Role: { readonly 'Fn::GetAtt': [string, string] };
};

export const functionNamed = (name: string): FunctionProperties => {
  const found = ofType<FunctionProperties>('AWS::Lambda::Function').find(({ id }) => id.startsWith(`${name}Function`));
  if (!found) throw new Error(`No function ${name} in the template`);
  return found.properties;
};

/** Name and reserved concurrency of each function that has one. */
export const reservedIn = (stack: Pick<typeof prod, 'ofType'>): string[] =>
  stack
    .ofType<{ Description: string; ReservedConcurrentExecutions?: number }>('AWS::Lambda::Function')
    .flatMap(({ properties: { Description, ReservedConcurrentExecutions: count } }) =>
      count === undefined ? [] : [`${Description.replace('signals-facade: ', '')} ${count}`],
    )
    .sort();

export const roleOf = (name: string): Resource<Role> => {
  const roleId = functionNamed(name).Role['Fn::GetAtt'][0];
  const found = ofType<Role>('AWS::IAM::Role').find(({ id }) => id === roleId);
  if (!found) throw new Error(`No role ${roleId} in the template`);
  return found;
};

/** Every statement that the function's role holds, inline or attached. */
export const statementsOf = (name: string): Statement[] => {
  const { id, properties } = roleOf(name);
  const attached = ofType<Policy>('AWS::IAM::Policy').map((policy) => policy.properties);
  const mine = attached.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id));
  return [...(properties.Policies ?? []), ...mine].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};
export const actionsOf = (name: string) => statementsOf(name).flatMap(({ Action }) => Action);
export const names = functionNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
