/** Refusals below the REST API, where no gateway response of the template is asked: broken or oversized HTTP. */
export type PlainError = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
};

const badRequest: PlainError = {
  status: 400,
  code: 'REQUEST_MALFORMED',
  title: 'The request is not valid HTTP',
  detail: 'The request line, a header or the body framing could not be read.',
};
export const headersTooLarge: PlainError = {
  status: 431,
  code: 'HEADERS_TOO_LARGE',
  title: 'The request headers are too large',
  detail: 'All headers together may have 10,240 bytes.',
};
export const methodNotSupported: PlainError = {
  status: 405,
  code: 'METHOD_NOT_SUPPORTED',
  title: 'The method is not supported',
  detail: 'CONNECT is for proxies; this is none.',
};
export const targetNotReadable: PlainError = {
  status: 400,
  code: 'REQUEST_MALFORMED',
  title: 'The request target is not valid',
  detail: 'A path begins with a slash and holds visible ASCII only; everything else is percent-encoded.',
};
export const hostMissing: PlainError = {
  ...badRequest,
  title: 'The Host header is missing',
  detail: 'HTTP/1.1 requests name the host that they are for.',
};
export const hostForeign: PlainError = {
  status: 421,
  code: 'HOST_REFUSED',
  title: 'The twin serves this machine only',
  detail:
    'The Host header must name this machine: 127.0.0.1, localhost, a name below localhost, or [::1]. A page elsewhere whose name was made to lead here gets nothing.',
};
const bodyFramingTooLarge: PlainError = {
  status: 413,
  code: 'REQUEST_TOO_LARGE',
  title: 'The request is too large',
  detail: 'The chunk extensions of the body are too large.',
};
const tooSlow: PlainError = {
  status: 408,
  code: 'REQUEST_TIMEOUT',
  title: 'The request took too long to arrive',
  detail: 'Send the whole request without long pauses.',
};

const byNodeCode: Readonly<Record<string, PlainError>> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: bodyFramingTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
};

export const plainErrorFor = (nodeCode: string | undefined): PlainError => byNodeCode[nodeCode ?? ''] ?? badRequest;

/** The error as a JSON:API document. */
export const plainErrorBody = ({ status, code, title, detail }: PlainError): string =>
  JSON.stringify({ errors: [{ status: String(status), code, title, detail }] });
