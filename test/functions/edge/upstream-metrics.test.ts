import { describe, expect, it } from 'vitest';
import type { MetricScope } from '../../../functions/edge/put-metrics.ts';
import { createUpstreamMetrics } from '../../../functions/edge/upstream-metrics.ts';
import type { MetricValues } from '../../../shared/config/metrics.ts';

/** Metric math needs each of them in each line. */
const none = {
  ...{ Upstream2xx: 0, Upstream3xx: 0, Upstream4xx: 0, Upstream5xx: 0 },
  ...{ UpstreamOther: 0, UpstreamUnanswered: 0 },
};

const create = () => {
  const lines: { values: MetricValues; scope: MetricScope | undefined }[] = [];
  const time = { nowMillis: 1_800_000_000_000 };
  const metrics = createUpstreamMetrics(
    (values, scope) => lines.push({ values, scope }),
    () => time.nowMillis,
  );
  return { lines, time, ...metrics };
};

describe('the metrics of sends to the tenant', () => {
  it('are written with the first send, so that a tenant that fails shows at once, and then once a minute', () => {
    const { lines, time, observe } = create();
    observe({ kind: 'answered', status: 503, millis: 7 });
    expect(lines).toEqual([
      { values: { ...none, Upstream5xx: 1 }, scope: { atMillis: time.nowMillis, samples: { UpstreamMillis: [7] } } },
    ]);
    for (const status of [200, 304, 404, 999]) observe({ kind: 'answered', status, millis: status });
    observe({ kind: 'lost' });
    observe({ kind: 'not-sent' });
    expect(lines).toHaveLength(1);
    const sinceMillis = time.nowMillis;
    time.nowMillis += 60_000;
    observe({ kind: 'answered', status: 200, millis: 1 });
    expect(lines[1]).toEqual({
      values: { ...none, Upstream2xx: 2, Upstream3xx: 1, Upstream4xx: 1, UpstreamOther: 1, UpstreamUnanswered: 1 },
      scope: { atMillis: sinceMillis, samples: { UpstreamMillis: [200, 304, 404, 999, 1] } },
    });
  });

  it('never hold more samples than a line may', () => {
    const { lines, observe } = create();
    for (let send = 0; send < 301; send += 1) observe({ kind: 'answered', status: 200, millis: send });
    expect(lines.map(({ scope }) => scope?.samples?.UpstreamMillis?.length)).toEqual([1, 100, 100, 100]);
  });

  it('go on when the clock was set back', () => {
    const { lines, time, observe } = create();
    observe({ kind: 'lost' });
    time.nowMillis -= 3_600_000;
    observe({ kind: 'lost' });
    expect(lines).toHaveLength(2);
  });
});
