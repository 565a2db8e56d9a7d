/** Question: how many upstream calls do 500 misses at once cost over eight processes, also when the one that asks is killed? */
import { startCrowd } from '../cache/crowd.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';

export const question: Question = {
  name: 'cache-flight',
  title: 'One flight over many processes',
  asks: 'How many upstream calls do 500 identical misses at once cost over eight processes, and who is answered when the process that asks is killed?',
};

const columns: readonly Column[] = [
  { key: 'case', title: 'case' },
  { key: 'rounds', title: 'rounds' },
  { key: 'mostCalls', title: 'most upstream calls in a round' },
  { key: 'expected', title: 'callers that lived' },
  { key: 'answered', title: 'of these answered' },
];

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const rounds = quick ? 1 : 5;
  const { processes, requests } = quick ? { processes: 2, requests: 40 } : { processes: 8, requests: 500 };
  const rows = [];
  const cases = [
    { name: 'nobody is killed', killLeader: false },
    { name: 'the leader is killed', killLeader: true },
    { name: 'the record is being written', killLeader: false, beingWritten: true },
    { name: 'it is being written, and the leader is killed', killLeader: true, beingWritten: true },
  ];
  for (const { name, ...rush } of cases) {
    const results = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`${name}, round ${round}`);
      const crowd = await startCrowd(processes);
      const rushing = crowd.rush({ requests, upstreamMillis: 400, ...rush });
      results.push(await rushing.finally(() => crowd.close()));
    }
    rows.push({
      case: name,
      rounds,
      mostCalls: Math.max(...results.map(({ upstreamCalls }) => upstreamCalls)),
      expected: results.reduce((sum, { expected }) => sum + expected, 0),
      answered: results.reduce((sum, { answered }) => sum + answered, 0),
    });
  }
  const counts = Object.fromEntries(rows.map((row) => [row.case, row.mostCalls]));
  return { tables: [{ name: 'flight', title: 'Identical misses at once', columns, rows }], counts };
};
