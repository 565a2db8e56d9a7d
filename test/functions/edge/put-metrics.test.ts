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

  it('writes no count of 0 that nobody waits for, and no line without a metric', () => {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    onTestFinished(() => write.mockRestore());
    putMetrics({ SweepPurged: 0, SweepFailed: 0, SweepLagSeconds: 0 });
    putMetrics({ SweepPurged: 0 });
    const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toMatchObject([{ SweepFailed: 0, SweepLagSeconds: 0 }]);
    expect(lines[0]).not.toHaveProperty('SweepPurged');
    expect(JSON.stringify(lines[0])).not.toContain('SweepPurged');
  });
});
