/** The KMS client, which encrypts and decrypts secrets. Calls wait for it. */
import { KMSClient } from '@aws-sdk/client-kms';
import type { House } from '../house.ts';
import { clientSettings } from './time-outs.ts';

const makeKms = () => new KMSClient(clientSettings({ maxAttempts: 3, requestMillis: 3_000, connectionMillis: 1_000 }));

export const kmsOf = (house: House) => house.part(makeKms);
