import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { putMetrics } from '../../../functions/edge/put-metrics.ts';

describe('putMetrics', () => {
  it('writes one line in the embedded metric format', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => log.mockRestore());
    const beforeMillis = Date.now();
    putMetrics({ SweepPurged: 3, SweepLagSeconds: 7.5 });
    expect(log.mock.calls.length).toBe(1);
    const [line] = log.mock.calls[0] as [string];
    expect(line).not.toContain('\n');
    const { _aws: aws, ...values } = JSON.parse(line) as { _aws: { Timestamp: number; CloudWatchMetrics: unknown } };
    expect(values).toEqual({ SweepPurged: 3, SweepLagSeconds: 7.5 });
    expect(aws.CloudWatchMetrics).toEqual([
      { Namespace: 'SignalsFacade', Dimensions: [[]], Metrics: [{ Name: 'SweepPurged' }, { Name: 'SweepLagSeconds' }] },
    ]);
    expect(aws.Timestamp).toBeGreaterThanOrEqual(beforeMillis);
  });
});
