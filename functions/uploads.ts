/** /v1/uploads: bodies above the gateway's limit reach a native operation through an S3 bucket. */
import { systemClock } from '../shared/time/clock.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createUploadRoutes } from './edge/upload-routes.ts';
import { createHouse, once } from './house.ts';
import { parseEnv, UploadsEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { requestLogOf } from './wiring/requests.ts';
import { uploadsOf } from './wiring/uploads.ts';

const house = createHouse(parseEnv(UploadsEnv));
beginEnvelope();
sendFacadeEvents(house);

const routes = once(() =>
  createUploadRoutes({
    pipelines: [nativePipelineOf(house)],
    uploads: uploadsOf(house),
    clock: systemClock,
    // The bytes are in the bucket, so the upload's id identifies them.
    idempotency: idempotencyOf(house),
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts), requestLogOf(house));
