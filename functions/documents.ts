/** GET /health, /openapi.json, /docs, /docs/{proxy+}, /ops, /me: for people and tools, without a key. */
import { join } from 'node:path';
import { createDocumentRoutes } from './edge/document-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse } from './house.ts';
import { DocumentsEnv, parseEnv } from './wiring/env.ts';

const house = createHouse(parseEnv(DocumentsEnv));

export const handler = httpHandler(
  house.env,
  createDocumentRoutes(join(import.meta.dirname, 'assets'), house.env.STAGE, house.env.SEED_ALIASES),
);
