/** docs/configuration.md: the settings of a stage, made from their schema and the comments in stage-fields.ts. */
import { readFileSync } from 'node:fs';
import { variableOf } from './stage-config.ts';
import { acceptedBy, type StageField, stageFieldNames, stageFields } from './stage-fields.ts';

/** The comment above each field. */
const purposesIn = (source: string): ReadonlyMap<string, string> =>
  new Map(
    [...source.matchAll(/^ {4}\/\*\*((?:(?!\*\/).)*)\*\/\n {4}(\w+):/gms)].map(([, comment = '', field = '']) => [
      field,
      comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim(),
    ]),
  );

const defaultOf = (field: StageField): string => {
  const { success, data } = stageFields(false).shape[field].safeParse(undefined);
  if (!success) return 'must be set';
  return data === undefined ? 'nothing' : `\`${JSON.stringify(data)}\``;
};

/** @throws Error for a field without a comment. */
export const configurationReference = (): string => {
  const purposes = purposesIn(readFileSync(new URL('./stage-fields.ts', import.meta.url), 'utf8'));
  const row = (field: StageField): string => {
    const purpose = purposes.get(field);
    if (purpose === undefined) throw new Error(`${field} has no comment in infra/stage-fields.ts.`);
    const cells = [`\`${field}\``, `\`${variableOf(field)}\``, purpose, acceptedBy(field, false), defaultOf(field)];
    return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  };
  return `# Configuration: the settings of a stage

A stage has its settings in \`infra/stage-config.ts\`. A variable of the environment takes precedence over that file, and \`-c name=value\` of CDK
over both. A value that is not accepted is refused before anything is built, with the accepted ones. No setting is a secret: keys are stored
in the running stage ([deploy](deploy.md)).

This page is made from the schema: \`vitest run -u test/docs/configuration.test.ts\` writes it anew.

| setting | variable | what it is for | accepted | default |
|---|---|---|---|---|
${stageFieldNames.map(row).join('\n')}
`;
};
