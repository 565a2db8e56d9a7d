/** Log lines that AWS itself writes, as examples of their size. The lines of the functions are counted as they are printed. */

/** CloudWatch Logs bills 26 bytes for each event besides its text (pricing page, as remembered). */
const eventBytes = 26;
export const bytesOfLine = (line: string): number => Buffer.byteLength(line) + eventBytes;

const id = '00000000-0000-4000-8000-000000000000';
const time = '2026-11-28T06:00:00.000Z';
const trace = 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0;Lineage=1:00000000:0';

/** `platform.start` and `platform.report`: what a function with JSON logs and the system level INFO writes (developer guide, Telemetry API). */
const platformLines = [
  { time, type: 'platform.start', record: { requestId: id, functionArn: 'a'.repeat(90), version: '$LATEST' } },
  {
    time,
    type: 'platform.report',
    record: {
      requestId: id,
      metrics: { durationMs: 12.345, billedDurationMs: 13, memorySizeMB: 1_024, maxMemoryUsedMB: 150 },
      tracing: { spanId: '0000000000000000', type: 'X-Amzn-Trace-Id', value: trace },
      status: 'success',
    },
  },
];

export const platformBytes = platformLines.reduce((sum, line) => sum + bytesOfLine(JSON.stringify(line)), 0);

const samples: Readonly<Record<string, string>> = {
  requestId: id,
  extendedRequestId: 'AbCdEfGhIjKlMnO=',
  'integration.requestId': id,
  requestTimeEpoch: '1795845600000',
  httpMethod: 'GET',
  resourcePath: '/api/rest/v1.0/{proxy+}',
  status: '200',
  responseLength: '12345',
  responseLatency: '123',
  integrationLatency: '120',
  'error.responseType': '-',
  'identity.sourceIp': '203.0.113.25',
  xrayTraceId: trace.slice(0, 40),
};

/** @param format of the access log, as the template has it. @throws Error when it has a variable without an example. */
export const accessLineBytes = (format: string): number =>
  bytesOfLine(
    format.replaceAll(/\$context\.([\w.]+)/g, (_all, name: string) => {
      const sample = samples[name];
      if (sample === undefined) throw new Error(`The access log has ${name}, of which no example is known.`);
      return sample;
    }),
  );
