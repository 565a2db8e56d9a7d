/**
 * Every error that the facade or its gateway makes: its code, status and title, and whether the same request may succeed
 * later. A retired code is never given a new meaning. What a caller can do about each is in docs/errors.md.
 */
export const errorCatalogue = {
  REQUEST_INVALID: { status: 400, title: 'The request cannot be read', retryable: false },
  CONSUMER_UNKNOWN: { status: 401, title: 'The API key is missing or unknown', retryable: false },
  ACCESS_REFUSED: { status: 403, title: 'The gateway refused this request', retryable: false },
  SCOPE_MISSING: { status: 403, title: 'The consumer has no scope for this operation', retryable: false },
  USER_TOKEN_NEEDED: { status: 403, title: 'This call needs the token of a person', retryable: false },
  ROUTE_UNKNOWN: { status: 404, title: 'No such route', retryable: false },
  BOOKING_UNKNOWN: { status: 404, title: 'No such booking', retryable: false },
  UPLOAD_UNKNOWN: { status: 404, title: 'No such upload', retryable: false },
  BOOKING_REFUSED: { status: 409, title: 'There is no room for this booking', retryable: false },
  UPLOAD_BUSY: { status: 409, title: 'The upload is being forwarded', retryable: true },
  UPLOAD_EMPTY: { status: 409, title: 'No bytes have been uploaded yet', retryable: true },
  UPLOAD_DONE: { status: 409, title: 'The upload was forwarded already', retryable: false },
  UPLOAD_UNCERTAIN: { status: 409, title: 'The outcome of the upload is not known', retryable: false },
  BODY_TOO_LARGE: { status: 413, title: 'The request body is too large for the gateway', retryable: false },
  MEDIA_TYPE_UNKNOWN: { status: 415, title: 'The media type is not accepted here', retryable: false },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', retryable: true },
  HEADERS_TOO_LARGE: { status: 431, title: 'The request headers are too large', retryable: false },
  INTERNAL: { status: 500, title: 'The facade failed', retryable: true },
  GATEWAY_FAILED: { status: 502, title: 'The gateway could not get an answer from the facade', retryable: true },
  UPSTREAM_UNREADABLE: { status: 502, title: 'The upstream gave an unreadable answer', retryable: true },
  CREDENTIAL_UNAVAILABLE: { status: 503, title: 'The facade has no usable upstream credential', retryable: true },
  UPSTREAM_UNREACHABLE: { status: 503, title: 'The upstream cannot be reached', retryable: true },
  GATEWAY_LATE: { status: 504, title: 'The facade did not answer in time', retryable: true },
  UPSTREAM_LATE: { status: 504, title: 'The upstream did not answer in time', retryable: true },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
