/** The KMS client. Calls wait for it. For secrets, envelope.ts loads it when they are used. */
import { KMSClient } from '@aws-sdk/client-kms';
import type { House } from '../house.ts';
import { clientSettings, patienceOf } from './time-outs.ts';

const patience = { maxAttempts: 3, requestMillis: 3_000, connectionMillis: 1_000 };

const makeKms = (house: House) => new KMSClient(clientSettings(patience, patienceOf(house)));

export const kmsOf = (house: House) => house.part(makeKms);
