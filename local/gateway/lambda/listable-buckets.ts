/** Which buckets of the stack the role of a function may list: the only right that the twin imitates (emulators/s3/list-rights.ts). */
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.default([]),
  Resource: texts.default([]),
});
type Statement = z.output<typeof Statement>;
const Document = z.object({
  Statement: z.union([Statement, z.array(Statement)]).transform((value) => [value].flat()),
});
const Role = z.object({ Policies: z.array(z.object({ PolicyDocument: Document })).default([]) });
const Policy = z.object({ PolicyDocument: Document, Roles: z.array(z.string()).default([]) });

/** `*` stands for any characters, `?` for one (IAM user guide, policy elements). */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(text);

const isAbout = ({ Action, Resource }: Statement, bucketArn: string): boolean =>
  Action.some((action) => matches(action, 's3:ListBucket')) && Resource.some((arn) => matches(arn, bucketArn));

const statementsOf = (stack: Stack, roleId: string): Statement[] => {
  const role = stack.reference(roleId).ref;
  const attached = stack
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .map((id) => stack.read(id, Policy))
    .filter(({ Roles }) => Roles.includes(role));
  return [...stack.read(roleId, Role).Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};

/** Names of the buckets. Conditions count as met; bucket policies are not looked at. */
export const listableBuckets = (stack: Stack, roleArn: string): string[] => {
  const roleId = stack.findByName('AWS::IAM::Role', roleArn);
  const statements = roleId === undefined ? [] : statementsOf(stack, roleId);
  return stack.ofType('AWS::S3::Bucket').flatMap((id) => {
    const { ref, attributes } = stack.reference(id);
    const about = statements.filter((statement) => isAbout(statement, attributes.Arn ?? ''));
    return about.length > 0 && about.every(({ Effect }) => Effect === 'Allow') ? [ref] : [];
  });
};
