/** The drawn dashboards have each widget of the template at its place. */
import { describe, expect, it } from 'vitest';
import { dashboardsOf, drawDashboard } from '../../../local/screenshots/dashboards.ts';
import { dashboardNames } from '../../../local/screenshots/shots.ts';
import { synthesize } from '../../infra/synthesized.ts';

const dashboards = dashboardsOf(synthesize('prod').template.toJSON().Resources);
const wanted = [...dashboards].map(([name, widgets]) => ({ name, widgets }));

describe('the drawn dashboards', () => {
  it('are those of the template', () => {
    expect([...dashboards.keys()].toSorted()).toEqual([...dashboardNames].toSorted());
  });

  it.each(wanted)('$name: each widget has its place and its title', ({ name, widgets }) => {
    const html = drawDashboard(name, widgets);
    expect(html.match(/<section/g)).toHaveLength(widgets.length);
    for (const { x, y, width, height, properties } of widgets) {
      expect(html).toContain(`grid-area: ${y + 1} / ${x + 1} / span ${height} / span ${width}`);
      expect(html).toContain(`>${properties.title ?? properties.markdown?.replace('## ', '')}</h`);
    }
  });

  it('health names each alarm, and no hash of a logical id', () => {
    const html = drawDashboard('health', dashboards.get('health') ?? []);
    expect(html).toContain('<li>NearTenantLimit</li>');
    expect(html.match(/<li>\w*[0-9A-F]{8}<\/li>/g)).toBeNull();
  });
});
