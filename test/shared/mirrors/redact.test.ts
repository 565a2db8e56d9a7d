import { describe, expect, it } from 'vitest';
import { redact } from '../../../shared/mirrors/redact.ts';

describe('redacting', () => {
  it('takes fields out at any depth, and is as quick for a rule with many levels of any number', () => {
    const nested = (levels: number): unknown => (levels === 0 ? { email: 'a', name: 'b' } : { in: nested(levels - 1) });
    const rule = [...Array.from({ length: 40 }, () => '**'), 'email'].join('.');
    const text = JSON.stringify(redact(nested(60), [rule]));
    expect(text).toContain('{"email":null,"name":"b"}');
  });
});
