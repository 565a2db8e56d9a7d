/** Entries of the archive in the documents of /v1/archive. */
import * as z from 'zod';
import type { Claim } from './archive-record.ts';
import { manifestOf } from './claim.ts';

const instant = z.iso.datetime();
const sha256 = z.string().describe('SHA-256 in hex.');

const ArchiveEntry = z
  .strictObject({
    type: z.literal('archive-entry'),
    id: z.string().describe('Number in the chain of the archive.'),
    attributes: z.strictObject({
      entity: z.string(),
      digest: z.string().describe('Version of the experiment that the PDF shows.'),
      notebook: z.string().optional().describe('Notebook of the experiment when it was archived.'),
      closedBy: z.string().optional().describe('Id of the person who closed the experiment.'),
      sha256: sha256.describe('Of the whole PDF, in hex.'),
      sizeBytes: z.number().int(),
      versionId: z.string().describe('Version of the object in S3.'),
      requestedBy: z.string(),
      requestedAt: instant,
      archivedAt: instant,
      retainUntil: instant.nullable().describe('Until then nobody can delete the PDF; null in a stage without locks.'),
      legalHold: z.boolean().describe('Whether a legal hold lies on the experiment.'),
      manifestSha256: sha256.describe('Of the manifest beside the PDF, in hex.'),
      previousManifestSha256: sha256.nullable().describe('Of the manifest before it in the chain, in hex.'),
    }),
    links: z.strictObject({ self: z.string(), content: z.string() }),
  })
  .meta({ id: 'ArchiveEntry' });

export const ArchiveEntryDocument = z.strictObject({ data: ArchiveEntry }).meta({ id: 'ArchiveEntryDocument' });
export const ArchiveDocument = z
  .strictObject({ data: z.array(ArchiveEntry), links: z.strictObject({ next: z.string().optional() }) })
  .meta({ id: 'ArchiveDocument' });

/** Ids of experiments with a legal hold. */
type Held = ReadonlySet<string>;

const toResource = (claim: Claim, held: Held, publicUrl: string): z.input<typeof ArchiveEntry> => {
  const { number, eid, digest, sha256, sizeBytes, versionId, requestedBy, requestedAt, archivedAt, ...rest } =
    manifestOf(claim);
  const self = `${publicUrl}/v1/archive/${number}`;
  return {
    type: 'archive-entry',
    id: String(number),
    attributes: {
      ...{ entity: eid, digest },
      ...(claim.notebook === undefined ? {} : { notebook: claim.notebook }),
      ...(claim.closedBy === undefined ? {} : { closedBy: claim.closedBy }),
      ...{ sha256, sizeBytes, versionId, requestedBy, requestedAt, archivedAt },
      retainUntil: rest.retainUntil,
      legalHold: held.has(eid),
      manifestSha256: claim.manifestSha256,
      previousManifestSha256: rest.previousManifestSha256,
    },
    links: { self, content: `${self}/content` },
  };
};

export const toArchiveEntryDocument = (claim: Claim, held: Held, publicUrl: string) => ({
  data: toResource(claim, held, publicUrl),
});
export const toArchiveDocument = (
  claims: readonly Claim[],
  held: Held,
  publicUrl: string,
  next: string | undefined,
) => ({
  data: claims.map((claim) => toResource(claim, held, publicUrl)),
  links: next === undefined ? {} : { next },
});
