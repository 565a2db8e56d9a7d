/** The exports of the package: the simulator, its options, and ids that tests may rely on. */
export type { Clock } from './clock.ts';
export { demoIds } from './demo/ids.ts';
export type { SeedDocument, SeedEntity, SeedLibrary, SeedNotification, SeedUser } from './fixtures/document.ts';
export { demoKey, type SimulatorOptions, type Switches } from './options.ts';
export type { Recording } from './recording/recording.ts';
export { type Simulator, startSimulator } from './simulator.ts';
