/** docs/configuration.md is made from the schema of a stage: `vitest run -u` writes it anew. */
import { describe, expect, it } from 'vitest';
import { configurationReference } from '../../infra/configuration-reference.ts';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { stageFieldNames } from '../../infra/stage-fields.ts';

describe('docs/configuration.md', () => {
  it('is what the schema says', async () => {
    await expect(configurationReference()).toMatchFileSnapshot('../../docs/configuration.md');
  });

  it('names for each setting the variable that sets it', () => {
    const rows = configurationReference().match(/^\| `.*$/gm) ?? [];
    expect(rows.map((row) => /^\| `(\w+)`/.exec(row)?.[1])).toEqual(stageFieldNames);
    for (const row of rows) {
      const [, field, variable = ''] = /^\| `(\w+)` \| `(\w+)`/.exec(row) ?? [];
      // No setting accepts it, so the error names the field that was read from the variable.
      expect(() => loadStageConfig('dev', { [variable]: '\u0000' })).toThrow(`field ${field}:`);
    }
  });
});
