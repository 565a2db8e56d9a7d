/** What a run of the kind `materials` knows of each link of its chain, beside the files. Names of assets stay out of the engine's journal. */
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { objectKeyOf } from './export-record.ts';
import type { Workshop } from './kind.ts';

const Link = z.object({
  /** Name of the asset after which the next file begins; absent = this file is the last. */
  next: z.string().optional(),
  assets: z.number().int().optional(),
  /** Assets in the files before this one, and in the library as the first report counts them. */
  assetsBefore: z.number().int().default(0),
  total: z.number().int().optional(),
  /** Absent = the file is not stored yet. */
  stored: z
    .object({ mediaType: z.string(), sizeBytes: z.number().int(), sha256: z.string(), fileName: z.string().optional() })
    .optional(),
});
export type Link = z.infer<typeof Link>;

const padded = (number: number): string => String(number).padStart(4, '0');
export const linkObject = (number: number): string => `file-${padded(number)}`;
const keyOf = async ({ read }: Pick<Workshop, 'read'>, number: number): Promise<string> =>
  objectKeyOf((await read()).name, `link-${padded(number)}.json`);

type LinkParts = Pick<Workshop, 'read' | 'files'>;

/** @throws Error when it was never written. */
export const readLink = async (workshop: LinkParts, number: number): Promise<Link> => {
  const body = await workshop.files.open({ key: await keyOf(workshop, number) });
  if (!body) throw new Error(`The link ${number} is not there`);
  return Link.parse(JSON.parse(await text(body)));
};

export const writeLink = async (workshop: LinkParts, number: number, link: Link): Promise<void> =>
  workshop.files.put(await keyOf(workshop, number), 'application/json', Buffer.from(JSON.stringify(link)));
