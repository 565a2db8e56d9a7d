import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest: where one of them comes last, one of two cores waits for it. */
const slowFiles = /\/test\/e2e\/(transparency|pages\.browser|start|fairness|credentials|audit)\.test\.ts$/;

/** The usual order, but for these. */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => slowFiles.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
