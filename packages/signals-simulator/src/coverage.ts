/** Which native operations are simulated, by group. */
import { operations } from './operations.ts';
import { routes } from './topics/routes.ts';

export interface GroupCoverage {
  readonly group: string;
  readonly simulated: number;
  readonly total: number;
  readonly missing: readonly string[];
}

export const coverage = (): GroupCoverage[] => {
  const groups = [...new Set(operations.map(({ group }) => group))];
  return groups.map((group) => {
    const members = operations.filter((operation) => operation.group === group);
    const missing = members.filter(({ key }) => routes[key] === undefined).map(({ key }) => key);
    return { group, simulated: members.length - missing.length, total: members.length, missing };
  });
};

export const coverageReport = (): string => {
  const groups = coverage();
  const simulated = groups.reduce((sum, group) => sum + group.simulated, 0);
  const lines = groups.flatMap(({ group, simulated: count, total, missing }) => [
    `${group}: ${count} of ${total}`,
    ...missing.map((key) => `  not simulated: ${key}`),
  ]);
  return [...lines, `all: ${simulated} of ${operations.length}`].join('\n');
};
