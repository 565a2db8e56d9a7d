/** Reads logs, and compares what they recorded with replays under today's plan and under the proposed one. */

import type { UpstreamRules } from '../../shared/what-if/classify.ts';
import type { Figures } from '../../shared/what-if/figures.ts';
import type { LoggedRequest } from '../../shared/what-if/logged-request.ts';
import type { WhatIfPlan } from '../../shared/what-if/plan.ts';
import { type Recorded, sumRecorded } from '../../shared/what-if/recorded.ts';
import { assumptions, replay } from '../../shared/what-if/replay.ts';
import { type LogCounts, newLogCounts, readLog } from './read-log.ts';
import { sortRequests } from './sort-requests.ts';

export type WhatIfOptions = {
  readonly files: readonly string[];
  readonly today: WhatIfPlan;
  readonly proposed: WhatIfPlan;
  readonly rules: UpstreamRules;
  readonly instances?: number;
  readonly seed?: number;
};

export type WhatIf = {
  readonly log: LogCounts & Pick<Recorded, 'requests' | 'firstMillis' | 'lastMillis'> & { readonly repeated: number };
  /** What a reader must know about this log. */
  readonly notes: readonly string[];
  readonly plans: { readonly today: WhatIfPlan; readonly proposed: WhatIfPlan };
  readonly recorded: Figures;
  readonly today: Figures;
  readonly proposed: Figures;
  readonly assumptions: readonly string[];
};

async function* readAll(files: readonly string[], counts: LogCounts): AsyncGenerator<LoggedRequest> {
  for (const file of files) yield* readLog(file, counts);
}

const capsOf = (plan: WhatIfPlan, id: string) => (plan.consumers?.[id] ?? plan.consumers?.['*'])?.caps ?? [];

const notesOf = (counts: LogCounts, repeated: number, recorded: Recorded, today: WhatIfPlan, proposed: WhatIfPlan) => {
  const uncapped = Object.keys(recorded.ownLimits).filter((id) => capsOf(today, id).length === 0);
  const known = recorded.figures.consumers;
  const absent = Object.keys(proposed.consumers ?? {}).filter((id) => id !== '*' && !Object.hasOwn(known, id));
  const { unreadable, firstUnreadable, cutOff } = counts;
  return [
    unreadable > 0 &&
      `${unreadable} lines could not be read and are left out: ${firstUnreadable.join(', ')}${unreadable > firstUnreadable.length ? ', ...' : ''}.`,
    cutOff.length > 0 && `the last line is cut off and is left out: ${cutOff.join(', ')}.`,
    counts.foreign > 0 && `${counts.foreign} lines are about something else.`,
    repeated > 0 && `${repeated} entries came more than once and count once.`,
    recorded.unknownOperations > 0 &&
      `${recorded.unknownOperations} requests are of operations that the catalogue does not have; no answer of theirs is cached.`,
    uncapped.length > 0 &&
      `caps of their own refused ${uncapped.join(', ')}, but today's plan has no caps of theirs. State them with --today FILE.`,
    absent.length > 0 && `the plan names consumers that the log does not have: ${absent.join(', ')}.`,
  ].filter((note) => note !== false);
};

/** @throws Error of the file system. */
export const whatIf = async ({ files, today, proposed, rules, ...options }: WhatIfOptions): Promise<WhatIf> => {
  const counts = newLogCounts();
  const requests = await sortRequests(readAll(files, counts));
  try {
    const recorded = await sumRecorded(requests.read(), today, rules);
    const repeated = requests.repeated();
    const { requests: count, firstMillis, lastMillis, figures } = recorded;
    return {
      log: { ...counts, requests: count, firstMillis, lastMillis, repeated },
      notes: notesOf(counts, repeated, recorded, today, proposed),
      plans: { today, proposed },
      recorded: figures,
      today: await replay(requests.read(), { ...options, rules, today, plan: today }),
      proposed: await replay(requests.read(), { ...options, rules, today, plan: proposed }),
      assumptions,
    };
  } finally {
    await requests.end();
  }
};
