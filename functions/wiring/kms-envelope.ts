/** The envelope with the client of KMS. envelope.ts loads this file with the first secret. */
import { createKmsEnvelope } from '../../shared/credentials/adapters/kms-envelope.ts';
import type { House } from '../house.ts';
import type { EnvelopeEnv } from './env.ts';
import { kmsOf } from './kms.ts';

export const openEnvelope = (house: House<EnvelopeEnv>) => createKmsEnvelope(kmsOf(house), house.env.CREDENTIALS_KEY);
