/** Which function may do what to executions of exports. */
import { expect, it } from 'vitest';
import { synthesize } from './synthesized.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown };
type Policy = {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Roles: readonly { readonly Ref: string }[];
};

const { ofType } = synthesize('prod');

const mayDo = (action: string): string[] =>
  ofType<Policy>('AWS::IAM::Policy')
    .filter(({ properties }) =>
      properties.PolicyDocument.Statement.some(({ Action }) => [Action].flat().includes(action)),
    )
    .flatMap(({ properties }) => properties.Roles.map(({ Ref }) => Ref.replace(/Function.*/, '')))
    .sort();

it('executions of exports are started by both functions, and the function of the routes reads and writes no journal', () => {
  expect(mayDo('lambda:InvokeFunction')).toEqual(expect.arrayContaining(['Exports', 'Jobs']));
  expect(mayDo('lambda:StopDurableExecution')).toEqual(['Exports']);
  for (const name of ['CheckpointDurableExecution', 'GetDurableExecutionState', 'GetDurableExecution'])
    expect(mayDo(`lambda:${name}`)).toEqual(['Jobs']);
});
