/** ANY /api/rest/v1.0/{proxy+}: the tenant's own API, drop-in, for consumers with a facade key. */

import { belowBasePath } from '../shared/pipeline/native-path.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse } from './house.ts';
import { NativeEnv, parseEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { requestLogOf } from './wiring/requests.ts';

const house = createHouse(parseEnv(NativeEnv));
beginEnvelope();
sendFacadeEvents(house);

export const handler = httpHandler(
  house.env,
  async (request, facts) => {
    const pipeline = nativePipelineOf(house);
    const path = belowBasePath(request.path, pipeline.upstream.basePath);
    return pipeline.answer({ ...request, path }, facts);
  },
  requestLogOf(house),
);
