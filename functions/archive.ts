/** /v1/archive: the PDFs of closed experiments. */
import { createArchiveRoutes } from './edge/archive-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { archivedFilesOf, archiveStoreOf } from './wiring/archive.ts';
import { ArchiveEnv } from './wiring/archive-env.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv } from './wiring/env.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { largeAnswersOf } from './wiring/large-answers.ts';
import { nativePipelineOf } from './wiring/native.ts';

const house = createHouse(parseEnv(ArchiveEnv));
sendFacadeEvents(house);

const routes = once(() =>
  createArchiveRoutes({
    pipeline: nativePipelineOf(house),
    store: archiveStoreOf(house),
    files: archivedFilesOf(house),
    largeAnswers: largeAnswersOf(house),
    identifier: identifierOf(house),
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
