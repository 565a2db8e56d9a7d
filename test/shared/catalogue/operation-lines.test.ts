import { describe, expect, it } from 'vitest';
import { createOperations } from '../../../shared/catalogue/operation.ts';
import { readOperations, writeOperations } from '../../../shared/catalogue/operation-lines.ts';
import { operationTable } from '../../../shared/signals/operation-table.ts';
import { signalsOperations } from '../../../shared/signals/operations.ts';
import { signalsPolicy } from '../../../shared/signals/policy.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const documented = nonEmpty(createOperations(signalsOperations, signalsPolicy));

describe('the rows of a catalogue as lines', () => {
  it('are read as they were written, without the texts for documents', () => {
    const expected = documented.map(({ summary: _, ...row }) => row);
    expect(readOperations(writeOperations(documented))).toEqual(expected);
    expect(readOperations(operationTable)).toEqual(expected);
  });

  it('have no text for documents, and every row of the table has one', () => {
    expect(documented.filter(({ summary }) => summary === '' || operationTable.includes(summary))).toEqual([]);
  });
});
