/** The OpenAPI document that the facade serves. Neither its address nor its version is in what is made of it. */
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';

export const served = () =>
  createOpenApiDocument({ serverUrl: 'https://facade.example.com', version: '0', apis: [signalsApi] });
