/** /v1/exports: files of the tenant, made as jobs. */
import { systemClock } from '../shared/time/clock.ts';
import { createExportRoutes } from './edge/export-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { ExportsEnv, parseEnv } from './wiring/env.ts';
import { exportsOf, resultFilesOf } from './wiring/exports.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { largeAnswersOf } from './wiring/large-answers.ts';
import { nativePipelineOf } from './wiring/native.ts';

const house = createHouse(parseEnv(ExportsEnv));
sendFacadeEvents(house);

const routes = once(() =>
  createExportRoutes({
    pipeline: nativePipelineOf(house),
    exports: exportsOf(house),
    files: resultFilesOf(house),
    largeAnswers: largeAnswersOf(house),
    identifier: identifierOf(house),
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
    clock: systemClock,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
