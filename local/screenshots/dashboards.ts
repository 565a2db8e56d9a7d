/** Draws the dashboards of the synthesized template as a page: each widget at its place on the grid, with what it shows. */
import * as z from 'zod';

type Json = unknown;
type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;

const Metric = z.array(z.unknown());
const Widget = z.object({
  type: z.string(),
  ...{ x: z.number(), y: z.number(), width: z.number(), height: z.number() },
  properties: z.looseObject({
    title: z.string().optional(),
    markdown: z.string().optional(),
    alarms: z.array(z.string()).optional(),
    metrics: z.array(Metric).optional(),
  }),
});
type Widget = z.infer<typeof Widget>;
const Body = z.object({ widgets: z.array(Widget) });
const Joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0]),
]);

/** The name of a resource without the hash that CDK adds. */
const nameOf = (reference: unknown): string => Reference.parse(reference).replace(/[0-9A-F]{8}$/, '');

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const [separator, parts] = Joined.parse(value)['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : nameOf(part))).join(separator);
};

/** The widgets of each dashboard of a template, by the end of its name: `health`. */
export const dashboardsOf = (resources: Resources): ReadonlyMap<string, readonly Widget[]> =>
  new Map(
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')
      .map(({ Properties }) => {
        const { DashboardName, DashboardBody } = z
          .object({ DashboardName: z.string(), DashboardBody: z.unknown() })
          .parse(Properties);
        return [DashboardName.split('-').at(-1) ?? '', Body.parse(JSON.parse(textOf(DashboardBody))).widgets];
      }),
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const listOf = (items: readonly string[], kind: string): string =>
  `<ul class="${kind}">${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;

/** As the legend of the graph: the label, else the name of the metric. A hidden metric only feeds an expression. */
const legendOf = (metrics: readonly unknown[][]): string[] =>
  metrics.flatMap((metric) => {
    const last = metric.at(-1);
    const options: { label?: string; visible?: boolean } = typeof last === 'object' && last !== null ? last : {};
    if (options.visible === false) return [];
    return [options.label ?? String(metric[1] ?? '')];
  });

const contentOf = ({ type, properties }: Widget): string => {
  if (type === 'text') return `<h2>${escaped((properties.markdown ?? '').replace(/^#+ /, ''))}</h2>`;
  const title = `<h3>${escaped(properties.title ?? '')}</h3>`;
  if (type === 'alarm')
    return (
      title +
      listOf(
        (properties.alarms ?? []).map((name) => name.replace(/^Alarms/, '')),
        'alarms',
      )
    );
  return `${title}<div class="graph"></div>${listOf(legendOf(properties.metrics ?? []), 'legend')}`;
};

const style = `
  body { margin: 0; padding: 12px; font: 11px/1.3 system-ui, sans-serif; color: #16191f; background: #f2f3f3 }
  main { display: grid; grid-template-columns: repeat(24, 1fr); grid-auto-rows: 24px; gap: 5px }
  section { overflow: hidden; display: flex; flex-direction: column; padding: 5px 7px; background: #fff; border: 1px solid #d5dbdb; border-radius: 3px }
  section.text { background: none; border: 0; padding: 0 }
  h2 { margin: auto 0 0; font-size: 14px } h3 { margin: 0 0 4px; font-size: 11px }
  .graph { flex: 1; min-height: 16px; border: solid #aab7b8; border-width: 0 0 1px 1px; background: repeating-linear-gradient(#fff 0 19px, #eaeded 19px 20px) }
  ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 1px 9px; font-size: 9.5px }
  .legend { margin-top: 3px } .legend li::before { content: '■ '; color: #0073bb } .legend li:nth-child(2)::before { color: #d45b07 }
  .legend li:nth-child(3)::before { color: #2e8540 } .legend li:nth-child(4)::before { color: #7d3c98 }
  .alarms { gap: 2px 3px } .alarms li { padding: 1px 4px; background: #e9f5ec; border: 1px solid #b7dfc2; border-radius: 2px; font-size: 9px }
`;

/** @param widgets of one dashboard. */
export const drawDashboard = (name: string, widgets: readonly Widget[]): string => {
  const sections = widgets.map((widget) => {
    const { type, x, y, width, height } = widget;
    const place = `grid-area: ${y + 1} / ${x + 1} / span ${height} / span ${width}`;
    return `<section class="${escaped(type)}" style="${place}">${contentOf(widget)}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(name)}</title><style>${style}</style><main>${sections.join('\n')}</main></html>`;
};
