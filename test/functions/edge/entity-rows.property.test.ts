/** Concurrent changes of one table: with `onConflict=retry`, every change that is answered with 200 is in the table. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { sized } from '../../support/test-size.ts';

const rows = `/v1/entities/${demoIds.grid}/rows`;
const columns = ['Colour', 'Temperature', 'Cycles'] as const;

/** Each writer has a cell of its own. */
const writers = fc.array(
  fc.record({ row: fc.nat(3), column: fc.constantFrom(...columns), value: fc.integer({ min: 1, max: 1_000 }) }),
  {
    minLength: 2,
    maxLength: 8,
  },
);

it('loses none, and repeats none', async () => {
  await fc.assert(
    fc.asyncProperty(writers, async (wanted) => {
      const { ask, get, post } = await createLaboratory();
      const empty = {
        data: { type: 'table-rows', attributes: { rows: [0, 1, 2, 3].map(() => ({ cells: { Outcome: 'pass' } })) } },
      };
      const made: { id: string }[] = (await post(`${rows}?onConflict=retry`, empty)).document.data;
      const cells = new Map(wanted.map(({ row, column, value }) => [`${row} ${column}`, { row, column, value }]));
      const answers = await Promise.all(
        [...cells.values()].map(async ({ row, column, value }) => {
          const cell = { [column]: column === 'Colour' ? String(value) : value };
          const document = { data: { type: 'table-row', attributes: { cells: cell } } };
          const { status } = await ask('PATCH', `${rows}/${made[row]?.id}?onConflict=retry`, { document });
          return { id: made[row]?.id, cell, status };
        }),
      );
      const appended = await Promise.all(
        [1, 2, 3].map(async (Cycles) => {
          const document = {
            data: { type: 'table-rows', attributes: { rows: [{ cells: { Cycles, Colour: 'appended' } }] } },
          };
          return { Cycles, status: (await post(`${rows}?onConflict=retry`, document)).status };
        }),
      );
      const after: { id: string; attributes: { cells: Record<string, unknown> } }[] = (await get(rows)).document.data;
      for (const { id, cell, status } of answers) {
        expect([200, 409]).toContain(status);
        const found = after.find((row) => row.id === id)?.attributes.cells;
        if (status === 200) expect(found).toMatchObject(cell);
        else expect(found).not.toMatchObject(cell);
      }
      const written = after.filter(({ attributes }) => attributes.cells.Colour === 'appended');
      const expected = appended.filter(({ status }) => status === 201).map(({ Cycles }) => Cycles);
      expect(written.map(({ attributes }) => attributes.cells.Cycles).toSorted()).toEqual(expected.toSorted());
      expect(answers.some(({ status }) => status === 200)).toBe(true);
    }),
    { numRuns: sized(40, 4) },
  );
});
