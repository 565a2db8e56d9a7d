/** Sends requests of the load, and reads their answers whole. */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type Sent = {
  readonly url: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answer = {
  /** 0 = no answer. */
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the error; empty for a success. */
  readonly code: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const mediaType = 'application/vnd.api+json';
/** Longer than API Gateway waits for a function (29 s). */
const patienceMillis = 40_000;

const codeOf = (status: number, text: string): string => {
  if (status >= 200 && status < 400) return '';
  try {
    return `${status} ${JSON.parse(text).errors[0].code}`;
  } catch {
    return status === 0 ? 'no answer' : String(status);
  }
};

/** Never throws: a broken connection is an answer with the status 0. */
export const send = ({ url, key, method, path, body, headers: more }: Sent): Promise<Answer> =>
  new Promise((resolve) => {
    const headers = { 'x-api-key': key, accept: mediaType, ...(body ? { 'content-type': mediaType } : {}), ...more };
    const none = (): void => resolve({ status: 0, text: '', headers: {}, code: codeOf(0, '') });
    const sent = request(url + path, { agent, method, headers }, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      buffer(response).then((bytes) => {
        const text = bytes.toString();
        resolve({ status, text, headers: answered, code: codeOf(status, text) });
      }, none);
    });
    const timer = setTimeout(() => sent.destroy(), patienceMillis);
    sent.once('close', () => clearTimeout(timer)).once('error', none);
    sent.end(body && JSON.stringify(body));
  });
