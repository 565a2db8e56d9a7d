/**
 * Refusals that no gateway response of the template can change: too large a body, too large headers, malformed HTTP. API Gateway
 * answers them in its own plain form, `{"message": …}`. What it says word for word is not proved on an account.
 */
import { jsonApiMediaType } from '../../../shared/config/names.ts';

export type PlainError = { readonly status: number; readonly contentType: string; readonly body: string };

const plain = (status: number, message: string): PlainError => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ message }),
});

const badRequest = plain(400, 'Bad Request');
export const headersTooLarge = plain(431, 'Request Header Fields Too Large');
export const bodyTooLarge = plain(413, 'Request Too Long');
export const methodNotSupported = plain(405, 'Method Not Allowed');
export const targetNotReadable = badRequest;
export const hostMissing = badRequest;
const tooSlow = plain(408, 'Request Timeout');

/** An answer that only the twin gives. API Gateway has no such answer. */
export const hostForeign: PlainError = {
  status: 421,
  contentType: jsonApiMediaType,
  body: JSON.stringify({
    errors: [
      {
        status: '421',
        code: 'HOST_REFUSED',
        title: 'The twin serves this machine only',
        detail:
          'The Host header must name this machine: 127.0.0.1, localhost, a name below localhost, or [::1]. A page elsewhere whose name was made to lead here gets nothing.',
      },
    ],
  }),
};

const byNodeCode: Readonly<Record<string, PlainError>> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: bodyTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
};

export const plainErrorFor = (nodeCode: string | undefined): PlainError => byNodeCode[nodeCode ?? ''] ?? badRequest;
