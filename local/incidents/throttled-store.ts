/** A DynamoDB in front of the emulator, which can throttle one table as AWS does (DynamoDB API reference, common errors). */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Emulator, serveOnLoopback } from '../emulators/loopback.ts';

const throttled = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

export type ThrottledStore = Emulator & {
  /** Every request that names this table is refused from now on; undefined = none is. */
  throttle(table: string | undefined): void;
};

/** @param endpoint of the emulator, which gets all other requests as they are. */
export const startThrottledStore = async (endpoint: string): Promise<ThrottledStore> => {
  let refused: string | undefined;
  const pass = (body: Buffer, { method, url, headers }: IncomingMessage, response: ServerResponse): void => {
    const onward = request(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A broken answer breaks here too. Piped alone, it would never end.
      pipeline(answer, response).catch(() => response.destroy());
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };
  const server = createServer((incoming, response) => {
    void buffer(incoming).then(
      (body) => {
        // Names of tables stand in the bodies of all requests, as texts.
        if (refused === undefined || !body.includes(`"${refused}"`)) return pass(body, incoming, response);
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(throttled);
      },
      () => response.destroy(),
    );
  });
  const emulator = await serveOnLoopback(server, 0, () => {});
  return {
    ...emulator,
    throttle: (table) => {
      refused = table;
    },
  };
};
