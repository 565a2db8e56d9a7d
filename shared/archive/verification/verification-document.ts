/** The document of /v1/archive/verification. */
import * as z from 'zod';
import { toIso } from '../../time/iso.ts';
import { mostFaults, type OpenFault, passes, type VerificationState } from './verification-record.ts';

const instant = z.iso.datetime();
const whole = z.number().int();

const Fault = z.strictObject({
  code: z.string().describe('Such as `document-changed`. The document `docs/archive-format.md` lists all.'),
  subject: z.string().describe('A key of the archive, or a number of the chain.'),
  entity: z.string().optional().describe('Id of the experiment, where the fault belongs to one.'),
  detail: z.string(),
  firstFoundAt: instant,
  lastFoundAt: instant,
});

export const VerificationDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('archive-verification'),
      id: z.string().describe('Name of the stage.'),
      attributes: z.strictObject({
        verifiedAt: instant.nullable().describe('When the last round ended; null = none has.'),
        documents: whole.describe('PDFs that the last round has read whole.'),
        allReadSince: instant.nullable().describe('Every PDF was read whole since then; null = not all were read yet.'),
        running: z
          .strictObject({ startedAt: instant, pass: z.enum(passes), documents: whole })
          .nullable()
          .describe('The round that is under way.'),
        faults: z.array(Fault).describe(`Faults that are open, the oldest first, ${mostFaults} at most.`),
      }),
    }),
  })
  .meta({ id: 'ArchiveVerificationDocument' });
type VerificationDocument = z.input<typeof VerificationDocument>;

const toFault = ({ code, subject, entity, detail, firstFoundAtMillis, lastFoundAtMillis }: OpenFault) => ({
  ...{ code, subject, detail },
  ...(entity === undefined ? {} : { entity }),
  ...{ firstFoundAt: toIso(firstFoundAtMillis), lastFoundAt: toIso(lastFoundAtMillis) },
});

const orNull = (millis: number | undefined): string | null => (millis === undefined ? null : toIso(millis));

export const toVerificationDocument = (
  { last, wholeSinceMillis, round }: VerificationState,
  faults: readonly OpenFault[],
  stage: string,
): VerificationDocument => ({
  data: {
    type: 'archive-verification',
    id: stage,
    attributes: {
      verifiedAt: orNull(last?.endedAtMillis),
      documents: last?.documents ?? 0,
      allReadSince: orNull(wholeSinceMillis),
      running: round ? { startedAt: toIso(round.startedAtMillis), pass: round.pass, documents: round.documents } : null,
      faults: faults.toSorted((a, b) => a.firstFoundAtMillis - b.firstFoundAtMillis).map(toFault),
    },
  },
});
