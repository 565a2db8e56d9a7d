/** Both envelopes against one contract. */
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { startKms } from '../../local/emulators/kms/server.ts';
import { createKmsEnvelope } from '../../shared/credentials/adapters/kms-envelope.ts';
import { createMemoryEnvelope } from '../../shared/credentials/adapters/memory-envelope.ts';
import { closedAfterTest, kmsClient } from '../support/aws.ts';
import { credentialEnvelopeContract } from './credential-envelope.contract.ts';

credentialEnvelopeContract('memory', async () => createMemoryEnvelope());
credentialEnvelopeContract('KMS', async () => {
  const kms = kmsClient((await closedAfterTest(startKms({}))).url);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return createKmsEnvelope(kms, KeyMetadata?.KeyId ?? '');
});
