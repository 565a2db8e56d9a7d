/** Tables of objects as CSV streams: their feature values, and their metadata. One piece for each site. */
import { malformed, notFound } from '../http/refusals.ts';
import type { Reply } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { type Cell, csvRow } from '../objects/csv.ts';
import { isStatic, type ObjectType, type SiteObjects } from '../objects/object-type.ts';
import { outlinesOf } from '../objects/outlines.ts';
import { fits, type SiteFilter, type SitePlace, siteFilter, sitePlaces, wellPlaces } from '../world/places.ts';
import { attachment } from './images.ts';
import { typeOf } from './object-types.ts';

interface Table {
  readonly call: ExperimentCall;
  readonly type: ObjectType;
  readonly filter: SiteFilter;
  readonly tpoint: number | undefined;
}

/** Objects that are plates or wells have no place in a well; plates have no well. */
const checkFilter = ({ kind }: ObjectType, { wellName, y, x }: SiteFilter): void => {
  if ((kind === 'Plates' || kind === 'Wells') && (y !== undefined || x !== undefined))
    throw malformed(`Objects of the type "${kind}" have no position in a well.`);
  if (kind === 'Plates' && wellName !== undefined) throw malformed('Objects of the type "Plates" have no well.');
};

/** @throws Refusal 404 for a plate, a well or a site that does not exist */
const checkPlaces = ({ call, filter }: Table): void => {
  const { plateName, wellName } = filter;
  const { experiment } = call;
  if (plateName !== undefined && !experiment.plates.some(({ name }) => name === plateName)) throw notFound('Plate');
  const wells = wellPlaces(experiment).filter(({ plate }) => plateName === undefined || plate.name === plateName);
  if (wellName !== undefined && !wells.some(({ well }) => well.name === wellName)) throw notFound('Well');
  const isSite = filter.y !== undefined || filter.x !== undefined;
  if (isSite && !sitePlaces(experiment).some((place) => fits(place, filter))) throw notFound('Site');
};

interface SiteRows {
  readonly place: SitePlace;
  readonly group: SiteObjects;
}

/** The objects of the wanted sites and time point, in the order of the sites. */
const siteRows = ({ call, type, filter, tpoint }: Table): SiteRows[] =>
  sitePlaces(call.experiment)
    .filter((place) => fits(place, filter))
    .flatMap((place) =>
      type.groups
        .filter((group) => group.siteId === place.site.id && (tpoint === undefined || group.tpoint === tpoint))
        .map((group) => ({ place, group })),
    );

const inOrder = ({ features }: ObjectType) => features.toSorted((a, b) => a.id - b.id);

/** An object without values is a row of nan, its id too. A site without any values has no row. */
const valueRows = (type: ObjectType, { group }: SiteRows): string => {
  const features = inOrder(type);
  const values = group.values();
  if (features.every(({ id }) => (values.get(id)?.size ?? 0) === 0)) return '';
  const rows = group.objects.map(({ id, label }): Cell[] => {
    const cells = features.map((feature) => values.get(feature.id)?.get(label));
    const isEmpty = cells.every((cell) => cell === undefined);
    return [isEmpty ? undefined : id, ...cells];
  });
  return rows.map(csvRow).join('');
};

function* valuePieces(table: Table): Generator<string> {
  const { type, call } = table;
  yield csvRow(['mapobject_id', ...inOrder(type).map(({ name }) => name)]);
  if (call.world.switches.tableBreaksOff) checkPlaces(table);
  for (const rows of siteRows(table)) {
    if (type.hasBrokenValues) throw new Error('The values are stored under names.');
    yield valueRows(type, rows);
  }
}

const metadataColumns = [
  'mapobject_id',
  'plate_name',
  'well_name',
  'well_pos_y',
  'well_pos_x',
  'tpoint',
  'zplane',
  'label',
  'is_border',
];

const resultsOf = ({ call, type }: Table) => call.experiment.toolResults.filter(({ typeId }) => typeId === type.id);

const metadataRows = (table: Table, { place, group }: SiteRows): string => {
  const { plate, well, site } = place;
  const results = resultsOf(table);
  const outlines = new Map(outlinesOf(group.labels, site.width).map((outline) => [outline.label, outline]));
  const rows = group.objects.map(({ id, label }) =>
    csvRow([
      ...[id, plate.name, well.name, site.y, site.x, group.tpoint, group.zplane, label],
      outlines.get(label)?.isBorder ?? false,
      ...results.map(({ labels }) => labels.get(id)),
    ]),
  );
  return rows.join('');
};

const rowIdOf = ({ kind }: ObjectType, { plate, well, site }: SitePlace): number => {
  if (kind === 'Plates') return plate.id;
  return kind === 'Wells' ? well.id : site.id;
};

/** What is known of a plate, a well or a site. No source shows these rows: what they do not have is empty. */
const areaRows = ({ call, type, filter }: Table): string => {
  const places = sitePlaces(call.experiment).filter((place) => fits(place, filter));
  const rows = type.areas.flatMap(({ id, rowId }, index) => {
    const found = places.find((place) => rowIdOf(type, place) === rowId);
    if (found === undefined) return [];
    const isWell = type.kind !== 'Plates';
    const isSite = type.kind === 'Sites';
    const position = isSite ? [found.site.y, found.site.x] : ['', ''];
    return [csvRow([id, found.plate.name, isWell ? found.well.name : '', ...position, '', '', index + 1, false])];
  });
  return rows.join('');
};

function* metadataPieces(table: Table): Generator<string> {
  yield csvRow([...metadataColumns, ...resultsOf(table).map(({ name }) => name)]);
  if (table.call.world.switches.tableBreaksOff) checkPlaces(table);
  if (isStatic(table.type)) yield areaRows(table);
  for (const rows of siteRows(table)) yield metadataRows(table, rows);
}

const fileName = ({ call, type, filter, tpoint }: Table, kind: string): string => {
  const { plateName, wellName, y, x } = filter;
  const parts = [
    ...[plateName, wellName].filter((part) => part !== undefined),
    ...(y === undefined ? [] : [`y${y}`]),
    ...(x === undefined ? [] : [`x${x}`]),
    ...(tpoint === undefined ? [] : [`t${tpoint}`]),
  ];
  return `${[call.experiment.name, ...parts, type.name].join('_')}_${kind}.csv`;
};

const answerTable = (call: ExperimentCall, kind: string, pieces: (table: Table) => Iterable<string>): Reply => {
  const table = { call, type: typeOf(call), filter: siteFilter(call.query), tpoint: call.query.integer('tpoint') };
  checkFilter(table.type, table.filter);
  if (!call.world.switches.tableBreaksOff) checkPlaces(table);
  const headers = { 'content-type': 'text/csv; charset=utf-8', ...attachment(fileName(table, kind)) };
  return { status: 200, headers, pieces: pieces(table) };
};

export const tableRoutes = {
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': route('read', (call) =>
    answerTable(call, 'feature-values', valuePieces),
  ),
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/metadata': route('read', (call) =>
    answerTable(call, 'metadata', metadataPieces),
  ),
} satisfies Routes;
