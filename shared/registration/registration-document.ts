/** Registrations of samples in the documents of /v1/samples. */
import * as z from 'zod';
import { isSingleLine } from '../http/single-line.ts';
import { toIso } from '../time/iso.ts';
import { markOf, type Registration, stateOf } from './registration.ts';
import type { RegistrationView } from './registrations.ts';

const externalId = z.string().min(1).max(200).refine(isSingleLine, 'must be one line');
const note = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => text.isWellFormed(), 'must be text');

export const NewRegistration = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('sample-registration'),
      attributes: z.strictObject({
        externalId: externalId.optional().describe('Id of the sample in the outside system.'),
        note: note.optional().describe('At most 500 characters. Who reads the registration sees it.'),
      }),
    }),
  })
  .meta({ id: 'NewSampleRegistration' });

const instant = z.iso.datetime();
const RegistrationResource = z
  .strictObject({
    type: z.literal('sample-registration'),
    id: z.string().describe('Id of the sample.'),
    attributes: z.strictObject({
      state: z.enum(['unregistered', 'in-sync', 'drifted']),
      digest: z.string().describe('`digests.self`: of the content of the sample.'),
      registeredDigest: z
        .string()
        .nullable()
        .describe(
          '`digests.external`: of the content that is registered; null = nothing is. A text of more than 200 characters is cut and ends with `…`.',
        ),
      checkedAt: instant.describe('When the tenant showed these digests.'),
      driftedSince: instant
        .optional()
        .describe('When the facade first saw this drift. The sample changed then or before.'),
      absentSince: instant
        .optional()
        .describe('Only in the list: since when the tenant does not show the sample to the service account.'),
      registeredAt: instant.optional().describe('When the facade marked the registered digest.'),
      registeredBy: z.string().optional().describe('The consumer that marked it.'),
      externalId: z.string().optional(),
      note: z.string().optional(),
    }),
    links: z.strictObject({ self: z.string(), sample: z.string().describe('The sample in the native API.') }),
  })
  .meta({ id: 'SampleRegistration' });
type RegistrationResource = z.output<typeof RegistrationResource>;

export const RegistrationDocument = z
  .strictObject({
    data: RegistrationResource,
    meta: z.strictObject({ upstreamCalls: z.number().int().describe('Calls that were sent to the tenant.') }),
  })
  .meta({ id: 'SampleRegistrationDocument' });

export const RegistrationsDocument = z
  .strictObject({ data: z.array(RegistrationResource), links: z.strictObject({ next: z.string().optional() }) })
  .meta({ id: 'SampleRegistrationsDocument' });

/** URLs of the facade and of the native API. */
export type Addresses = { readonly facade: string; readonly native: string };

const linksOf = (sampleId: string, { facade, native }: Addresses): RegistrationResource['links'] => {
  const id = encodeURIComponent(sampleId);
  return { self: `${facade}/v1/samples/${id}/registration`, sample: `${native}/entities/${id}` };
};

/** What a mark says about the digest that is registered. */
const toMarked = (record: Pick<Registration, 'mark' | 'external'> | undefined) => {
  const mark = record && markOf(record);
  if (mark === undefined) return {};
  const { atMillis, consumerId, externalId: id, note: text } = mark;
  return {
    registeredAt: toIso(atMillis),
    registeredBy: consumerId,
    ...(id === undefined ? {} : { externalId: id }),
    ...(text === undefined ? {} : { note: text }),
  };
};

/** The digests are those of the look. The record adds what is about the same registration. */
export const toRegistration = ({ look, record }: RegistrationView, addresses: Addresses): RegistrationResource => {
  const { sampleId, self, external, answeredAtMillis } = look;
  const state = stateOf(look);
  const isOfLook = record !== undefined && record.external === external;
  const drift = state === 'drifted' && isOfLook ? record.drift : undefined;
  return {
    type: 'sample-registration',
    id: sampleId,
    attributes: {
      ...{ state, digest: self, registeredDigest: external ?? null, checkedAt: toIso(answeredAtMillis) },
      ...(drift === undefined ? {} : { driftedSince: toIso(drift.sinceMillis) }),
      ...(isOfLook ? toMarked(record) : {}),
    },
    links: linksOf(sampleId, addresses),
  };
};

/** A record as the last look has shown it. */
export const toListed = (record: Registration, addresses: Addresses): RegistrationResource => {
  const { sampleId, self, external, seenAtMillis } = record;
  const look = { sampleId, self, external, askedAtMillis: seenAtMillis, answeredAtMillis: seenAtMillis };
  const { attributes, ...resource } = toRegistration({ look, record }, addresses);
  const absence = record.absentSinceMillis === undefined ? {} : { absentSince: toIso(record.absentSinceMillis) };
  return { ...resource, attributes: { ...attributes, ...absence } };
};
