/** Stands in front of an embedded DynamoDB and counts what passes, by table and kind. */
import http, { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Counts = { reads: number; writes: number };

const readTargets = /\.(GetItem|BatchGetItem|Query|Scan)$/;

/** @param urlOfDynamoDb of the DynamoDB behind. `of` gives the counts of all tables whose name holds `part`. */
export const startCountingProxy = async (urlOfDynamoDb: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const byTable = new Map<string, Counts>();
  const count = (target: string, body: string): void => {
    const table = /"TableName":"([^"]+)"/.exec(body)?.[1] ?? /"RequestItems":\{"([^"]+)"/.exec(body)?.[1] ?? '';
    const counts = byTable.get(table) ?? { reads: 0, writes: 0 };
    counts[readTargets.test(target) ? 'reads' : 'writes'] += 1;
    byTable.set(table, counts);
  };
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request);
    count(String(request.headers['x-amz-target']), body.toString('latin1'));
    const { method, headers } = request;
    const sent = http.request(urlOfDynamoDb + (request.url ?? '/'), { agent, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    sent.once('error', () => response.destroy());
    sent.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of: (part: string): Counts =>
      [...byTable].reduce(
        (sum, [table, { reads, writes }]) =>
          table.includes(part) ? { reads: sum.reads + reads, writes: sum.writes + writes } : sum,
        { reads: 0, writes: 0 },
      ),
    close: async (): Promise<void> => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
