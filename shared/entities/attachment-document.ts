/** Files in the documents of /v1/entities/{eid}/attachments. */
import * as z from 'zod';
import { isSingleLine } from '../http/single-line.ts';

const AttachmentResource = z
  .strictObject({
    type: z.literal('attachment'),
    id: z.string().describe('Such as pdf:5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10.'),
    attributes: z.strictObject({
      name: z.string().describe('The name of the file, as it was given.'),
      kind: z
        .string()
        .describe('What the tenant takes it for: imageResource, pdf, excel, viewonly, text, uploadedResource, ...'),
      description: z.string().optional(),
      createdAt: z.string().optional().describe('As the tenant writes it.'),
      editedAt: z.string().optional().describe('As the tenant writes it.'),
      digest: z.string().optional().describe('Version of the file. Its replacement takes it in If-Match.'),
    }),
    links: z.strictObject({ self: z.string().describe('The bytes.') }),
  })
  .meta({ id: 'Attachment' });
type AttachmentResource = z.output<typeof AttachmentResource>;
export type Attachment = Pick<AttachmentResource, 'id' | 'attributes'>;

const upstreamCalls = z
  .number()
  .int()
  .describe('Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted.');

export const AttachmentDocument = z
  .strictObject({ data: AttachmentResource, meta: z.strictObject({ upstreamCalls }) })
  .meta({ id: 'AttachmentDocument' });

export const AttachmentsDocument = z
  .strictObject({
    data: z.array(AttachmentResource),
    meta: z.strictObject({
      isTruncated: z.boolean().describe('True = the entity has more children than the tenant lists.'),
      upstreamCalls,
    }),
  })
  .meta({ id: 'AttachmentsDocument' });

/** @param all URL of the attachments of the entity. */
export const toAttachment = ({ id, attributes }: Attachment, all: string): AttachmentResource => ({
  type: 'attachment',
  id,
  attributes,
  links: { self: `${all}/${encodeURIComponent(id)}` },
});

/** Half of what file systems take, in characters: each may have several bytes. */
const longestName = 200;

/**
 * A name that no system between here and a disk reads as a path or as a line of a header. Line breaks and other control characters,
 * slashes, `.` and `..` are refused: a changed name would be a surprise.
 */
export const FileName = z
  .string()
  .min(1)
  .max(longestName)
  .refine(
    (name) => isSingleLine(name) && !/[/\\]/.test(name) && name.trim() === name && !/^\.+$/.test(name),
    'must be the name of a file: one line, without slashes, without blanks around it, not only dots',
  );
