/** The mirror of the test twins: its setting, and a hook on loopback in place of the other facade. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { variables } from '../../shared/config/names.ts';

/** Only one type is forwarded, which no other test pushes, so that the other twins have no work with it. */
export const mirrored = {
  name: 'colleague',
  url: 'http://127.0.0.1:1/hooks/signals',
  header: 'x-signals-hook',
  share: 0.5,
  types: ['unarchive'],
  redact: ['data.attributes.comment'],
} as const;

type Forwarded = {
  readonly headers: IncomingHttpHeaders;
  readonly document: unknown;
  readonly response: ServerResponse;
};

export const startMirrorHook = async () => {
  const forwarded: Forwarded[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    forwarded.push({ headers: request.headers, document: JSON.parse(Buffer.concat(chunks).toString()), response });
    if (hook.answer !== undefined) response.writeHead(hook.answer).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hook = {
    host,
    /** All pushes so far, answered or not. */
    forwarded,
    /** Status of the next answers; undefined = the test answers by itself. */
    answer: undefined as number | undefined,
    /** The variables of a function whose mirror is this hook. */
    variablesFor: ({ [variables.mirrors]: mirrors }: Readonly<Record<string, string>>): Record<string, string> =>
      mirrors === undefined ? {} : { [variables.mirrors]: mirrors.replace(new URL(mirrored.url).host, host) },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
    },
  };
  return hook;
};
