/** The summary and the layout of a parallel experiment as CSV (client-shapes, section 1). */
import { arrayOf, at } from '../json.ts';
import { type Exporter, noFormat } from './exporter.ts';
import { parentOf, subexperiments, summaryCells, summaryColumns } from './subexp-summary.ts';
import { csvReply, csvText } from './table-export.ts';

/** The titles of the columns, then one line for each sub-experiment. */
export const exportSummary: Exporter = ({ tenant }, entity, format) => {
  if (format !== 'csv' && format !== '') throw noFormat(entity, format);
  const lines = subexperiments(tenant, parentOf(tenant, entity)).map((item) =>
    summaryCells(tenant, entity, item).map(({ display, value }) => String(display ?? value ?? '')),
  );
  return csvReply(entity, csvText([summaryColumns.map(({ definition }) => definition.name), ...lines]));
};

const wellTitles = ['Plate', 'Well', 'Row', 'Column', 'Name'];

/** The titles alone when nothing is laid out. */
export const exportLayout: Exporter = ({ tenant }, entity, format) => {
  if (format !== 'csv' && format !== '') throw noFormat(entity, format);
  const lines = arrayOf(tenant.objects.get(entity.id)?.wells).map((well) =>
    wellTitles.map((title) => String(at(well, title.toLowerCase()) ?? '')),
  );
  return csvReply(entity, csvText([wellTitles, ...lines]));
};
