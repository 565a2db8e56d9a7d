/** ANY /api/rest/v1.0/{proxy+}: the tenant's own API, drop-in, for consumers with a facade key. */

import { signalsBasePath } from '../shared/config/names.ts';
import { belowBasePath } from './edge/below-base-path.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { NativeEnv, parseEnv } from './wiring/env.ts';
import { wireFacadeEvents } from './wiring/facade-events.ts';
import { wireNative } from './wiring/native.ts';
import { wireRequestLog } from './wiring/requests.ts';

const env = parseEnv(NativeEnv);
wireFacadeEvents(env);
const pipeline = wireNative(env, createDocumentClient());

export const handler = httpHandler(
  env,
  async (request, facts) => {
    const path = belowBasePath(request.path, signalsBasePath);
    return pipeline.answer({ ...request, path }, facts);
  },
  wireRequestLog(env),
);
