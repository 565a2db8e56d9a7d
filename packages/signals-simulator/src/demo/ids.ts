/** Ids of demo entities that tests and documents name; the others come from the seed. */
const uuid = (number: number) => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

export const demoIds = {
  /** The administrator whom the demo key acts for. */
  keyUser: '100',
  notebook: `journal:${uuid(1)}`,
  /** A notebook with many experiments, for paging. */
  archiveNotebook: `journal:${uuid(2)}`,
  experiment: `experiment:${uuid(3)}`,
  text: `text:${uuid(4)}`,
  grid: `grid:${uuid(5)}`,
  image: `imageResource:${uuid(6)}`,
  sample: `sample:${uuid(7)}`,
  samplesContainer: `samplesContainer:${uuid(8)}`,
  filesExperiment: `experiment:${uuid(9)}`,
  /** 9 MiB of reproducible bytes. */
  file9MiB: `uploadedResource:${uuid(10)}`,
  /** 60 MiB of reproducible bytes, never held in memory. */
  file60MiB: `uploadedResource:${uuid(11)}`,
  drawing: `chemicalDrawing:${uuid(12)}`,
  trashedExperiment: `experiment:${uuid(13)}`,
  /** In the trash together with its children. */
  trashedWithChildren: `experiment:${uuid(18)}`,
  closedExperiment: `experiment:${uuid(14)}`,
  /** Names and descriptions that a careless proxy would damage. */
  awkwardExperiment: `experiment:${uuid(15)}`,
  experimentTemplate: `experiment:${uuid(20)}`,
  /** Numbers its instances; a name given is refused. */
  numberedTemplate: `experiment:${uuid(27)}`,
  /** Readable to its owner (105), to 106 and to administrators. */
  privateNotebook: `journal:${uuid(16)}`,
  privateExperiment: `experiment:${uuid(17)}`,
  gridTemplate: `grid:${uuid(21)}`,
  /** Columns of the kinds user, ontologyList and formula. */
  rareGridTemplate: `grid:${uuid(28)}`,
  sampleTemplate: `sample:${uuid(22)}`,
  taskTemplate: `task:${uuid(23)}`,
  worksheetTemplate: `worksheet:${uuid(24)}`,
  variationsTemplate: `variationsGrid:${uuid(25)}`,
  hierarchicalTemplate: `hierarchicalGrid:${uuid(26)}`,
  excel: `excel:${uuid(30)}`,
  word: `viewonly:${uuid(31)}`,
  pdf: `pdf:${uuid(32)}`,
} as const;
