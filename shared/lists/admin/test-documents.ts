/** A test of a list or source by an administrator, and the items that one puts. */
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { mostItems } from '../items.ts';

const values = z.record(z.string(), z.unknown());

/** Body of `PUT /v1/lists/{listName}/items`. The handler checks the items by the fields of the list. */
export const ListItemsBody = z
  .strictObject({ data: z.array(values).max(mostItems) })
  .meta({ id: 'NewExternalListItems' });

/** Body of `POST /v1/sources/{sourceName}/tests`. */
export const SourceTest = z
  .object({
    data: z.object({
      type: z.literal('source-test'),
      attributes: z.strictObject({
        key: z.string().min(1).max(500),
        username: z.string().max(500).optional(),
        userAlias: z.string().max(500).optional(),
      }),
    }),
  })
  .meta({ id: 'DataSourceTest' });

export const TestDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal(['list-test', 'source-test']),
      id: z.string(),
      attributes: z.strictObject({
        outcome: z.literal(['ok', 'failed']),
        millis: z.int(),
        items: z.int().optional().describe('How many items the list has.'),
        sample: z.array(values).optional().describe('The first three.'),
        record: values.optional(),
        code: z.string().optional().describe('Why it failed: the code that the tenant would get (errors.md).'),
        detail: z.string().optional(),
      }),
    }),
  })
  .meta({ id: 'ExternalTestDocument', description: 'What the tenant would get now.' });
type TestDocument = z.infer<typeof TestDocument>;

const sampleSize = 3;

type Found = Pick<TestDocument['data']['attributes'], 'items' | 'sample' | 'record'>;

export const foundItems = (items: readonly Readonly<Record<string, unknown>>[]): Found => ({
  items: items.length,
  sample: items.slice(0, sampleSize).map((item) => ({ ...item })),
});

/** Runs a test. A failure with a code is its outcome; any other one is thrown. */
export const toTestDocument = async (
  { type, id }: Pick<TestDocument['data'], 'type' | 'id'>,
  nowMillis: () => number,
  run: () => Promise<Found>,
): Promise<TestDocument> => {
  const startMillis = nowMillis();
  const told = (attributes: object): TestDocument => ({
    data: { type, id, attributes: { outcome: 'ok', millis: nowMillis() - startMillis, ...attributes } },
  });
  try {
    return told(await run());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return told({ outcome: 'failed', code: error.code, detail: error.facts.detail });
  }
};
