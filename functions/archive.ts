/** /v1/archive: the PDFs of closed experiments. */
import { heldAmong } from '../shared/archive/holds/hold-record.ts';
import { createArchiveRoutes } from './edge/archive-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { archivedFilesOf, archiveStoreOf, backfillsOf, holdStoreOf, holdsOf } from './wiring/archive.ts';
import { ArchiveEnv } from './wiring/archive-env.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { largeAnswersOf } from './wiring/large-answers.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { verificationStoreOf } from './wiring/verification-store.ts';

const house = createHouse(parseEnv(ArchiveEnv));
sendFacadeEvents(house);

const routes = once(() =>
  createArchiveRoutes({
    pipeline: nativePipelineOf(house),
    store: archiveStoreOf(house),
    files: archivedFilesOf(house),
    largeAnswers: largeAnswersOf(house),
    verification: verificationStoreOf(house),
    stage: house.env.STAGE,
    holds: holdsOf(house),
    backfills: backfillsOf(house),
    heldAmong: (eids) => heldAmong(holdStoreOf(house), eids),
    identifier: identifierOf(house),
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
