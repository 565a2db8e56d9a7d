/** Stands in front of the simulated tenant, and gives a PDF of any size in place of each of its own. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

const pieceBytes = 65_536;
const head = Buffer.from('%PDF-1.7\n');
const tail = Buffer.from('\n%%EOF\n');
const ofPdf = /^\/api\/rest\/v1\.0\/entities\/export\/pdf\/[^/?]+/;

function* pieces(sizeBytes: number): Generator<Buffer> {
  yield head;
  const filler = Buffer.alloc(pieceBytes, 'x');
  for (let left = sizeBytes - head.byteLength - tail.byteLength; left > 0; left -= pieceBytes)
    yield filler.subarray(0, Math.min(left, pieceBytes));
  yield tail;
}

export const startLargePdfs = async (tenantUrl: string) => {
  let sizeBytes = 100_000;
  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    if (ofPdf.test(url)) {
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': sizeBytes });
      if (method === 'HEAD') response.end();
      else Readable.from(pieces(sizeBytes)).pipe(response);
      return;
    }
    const passed = http.request(tenantUrl + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.once('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    give: (bytes: number): void => {
      sizeBytes = bytes;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
