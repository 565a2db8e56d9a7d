/** What an export of several files gives as its content: the list of its files. */
import * as z from 'zod';

const ListedFile = z.object({
  /** What the query parameter `file` of the content takes. */
  file: z.string(),
  /** In the bucket of results, in the folder of the run. */
  object: z.string(),
  /** Where the file begins in the object; absent = the file is the whole object. */
  offset: z.number().int().optional(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  mediaType: z.string(),
  /** Name of the part, as the tenant's table of content refers to it. */
  name: z.string().optional(),
  fileName: z.string().optional(),
  /** Assets in the file, as the tenant counts them. */
  assets: z.number().int().optional(),
});
export type ListedFile = z.infer<typeof ListedFile>;

export const Manifest = z.object({
  kind: z.string(),
  entity: z.string().optional(),
  library: z.string().optional(),
  digest: z.string().optional(),
  options: z.record(z.string(), z.unknown()),
  files: z.array(ListedFile),
  /** Of an extract. */
  extract: z
    .object({
      rows: z.number().int(),
      /** Rows whose structure could not be read. */
      structureErrors: z.number().int().optional(),
      /** When the walk began. No row is older. */
      startedAt: z.string(),
      /** What a later extract takes as `since`. */
      cursor: z.string(),
    })
    .optional(),
});
export type Manifest = z.infer<typeof Manifest>;

export const manifestObject = 'manifest.json';
/** A manifest of the most parts with names of usual length is far smaller. */
export const mostManifestBytes = 33_554_432;
