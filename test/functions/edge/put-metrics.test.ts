import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { putMetrics } from '../../../functions/edge/put-metrics.ts';

describe('putMetrics', () => {
  it('writes one line in the embedded metric format', () => {
    vi.stubEnv('STAGE', 'dev');
    onTestFinished(() => void vi.unstubAllEnvs());
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    onTestFinished(() => write.mockRestore());
    // As the runtime of Lambda replaces it.
    const patched = vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => patched.mockRestore());
    const beforeMillis = Date.now();
    putMetrics({ SweepPurged: 3, SweepLagSeconds: 7.5 });
    expect([write.mock.calls.length, patched.mock.calls.length]).toEqual([1, 0]);
    const [line] = write.mock.calls[0] as [string];
    expect(line).toMatch(/^[^\n]*\n$/);
    const { _aws: aws, ...values } = JSON.parse(line) as { _aws: { Timestamp: number; CloudWatchMetrics: unknown } };
    expect(values).toEqual({ Stage: 'dev', SweepPurged: 3, SweepLagSeconds: 7.5 });
    expect(aws.CloudWatchMetrics).toEqual([
      {
        Namespace: 'SignalsFacade',
        Dimensions: [['Stage']],
        Metrics: [
          { Name: 'SweepPurged', Unit: 'Count' },
          { Name: 'SweepLagSeconds', Unit: 'Seconds' },
        ],
      },
    ]);
    expect(aws.Timestamp).toBeGreaterThanOrEqual(beforeMillis);
  });
});
