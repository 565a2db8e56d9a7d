/** The exports of the package: the simulator, its options, and names that tests may rely on. */
export type { Clock } from './clock.ts';
export { demoNames, demoPassword, demoUser } from './demo/demo.ts';
export type { SimulatorOptions } from './options.ts';
export { type Simulator, startSimulator } from './simulator.ts';
export type { Switches } from './switches.ts';
