/** What may be asked of an extract, and the cursor by which a later one goes on. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { latestMillis } from '../../http/instant-parameter.ts';

const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-06-01T08:00:00Z' })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) <= latestMillis, 'must lie between 1970 and 9999');

export const ExtractOptions = z
  .strictObject({
    of: z.enum(['assets', 'batches']).describe('What the rows are.'),
    structure: z
      .literal('smiles')
      .optional()
      .describe('The structure of each row. Libraries without structures give null.'),
    since: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('`cursor` of an earlier extract: only what was changed since. Absent = all rows.'),
    from: instant.optional().describe('Only what was changed then or later. Not with `since`.'),
    until: instant.optional().describe('Only what was changed then or before. Not with `since`.'),
    timeField: z
      .enum(['modifiedAt', 'createdAt'])
      .optional()
      .describe('The time that `from` and `until` are about; `modifiedAt` by default.'),
  })
  .check(({ value, issues }) => {
    for (const name of ['from', 'until', 'timeField'] as const)
      if (value.since !== undefined && value[name] !== undefined)
        issues.push({ code: 'custom', input: value, path: [name], message: 'does not go with since' });
  });
export type ExtractOptions = z.output<typeof ExtractOptions>;

/** The last instant that a Date can have. */
const lastMillis = 8.64e15;
const Cursor = z.strictObject({
  /** A hash: the name may be longer than a cursor. */
  library: z.string(),
  of: z.enum(['assets', 'batches']),
  startMillis: z.number().int().nonnegative().max(lastMillis),
});
/** What an extract was of, and when its walk began. */
type Cursor = z.output<typeof Cursor>;

const shortHash = (library: string): string => createHash('sha256').update(library).digest('base64url').slice(0, 16);

/** Callers keep it as it is. It gives no right: whoever changes it gets rows from another time. */
export const writeCursor = ({ library, of, startMillis }: Cursor): string => {
  const cursor: Cursor = { library: shortHash(library), of, startMillis };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** @returns when the walk of the earlier extract began; undefined when the text is no cursor of these rows. */
export const readCursor = (text: string, library: string, of: ExtractOptions['of']): number | undefined => {
  const { success, data } = Cursor.safeParse(parse(text));
  return success && data.library === shortHash(library) && data.of === of ? data.startMillis : undefined;
};
