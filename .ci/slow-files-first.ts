import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest: where one of them comes last, the other workers have nothing to do. */
const slowFiles =
  /\/test\/e2e\/(incidents|exports|start|faults|hostile|transparency|pages\.browser|notifications)\.test\.ts$/;

/** The usual order, but for these. */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => slowFiles.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
