/* Charts over time (uPlot), each with the same numbers as a table for those who do not see it. */
import { byId, el, show, table } from './dom.js';
import { time } from './format.js';

const height = 180;

/** A colour of the page, as the theme has it. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Charts differ by dashes, too, and not by colour alone. */
const dashes = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];

const axis = (more) => ({
  stroke: colour('--soft'),
  grid: { stroke: colour('--line'), width: 1 },
  ticks: { stroke: colour('--line'), width: 1 },
  font: '12px system-ui, sans-serif',
  ...more,
});

const hourAndMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Ticks that are less than a minute apart need seconds: otherwise several look the same. */
const timesOf = (_chart, ticks, _axis, _space, stepSeconds) =>
  ticks.map((tick) => (stepSeconds < 60 ? time(tick * 1_000) : hourAndMinute.format(new Date(tick * 1_000))));

const optionsOf = ({ series, format }, width) => ({
  width,
  height,
  padding: [12, 32, 0, 0],
  legend: { show: true, live: false },
  cursor: { drag: { x: false, y: false }, y: false },
  scales: { y: { range: (_chart, _least, most) => [0, Math.max(1, (most ?? 1) * 1.1)] } },
  axes: [
    axis({ space: 80, values: timesOf }),
    axis({ size: 64, values: (_chart, ticks) => ticks.map((tick) => format(tick)) }),
  ],
  series: [
    {},
    ...series.map(({ label }, index) => ({
      label,
      stroke: colour(`--series-${index + 1}`),
      width: 2,
      dash: dashes[index],
      spanGaps: true,
      points: { show: false },
    })),
  ],
});

/** The latest rows, the newest first. */
const mostRows = 24;

const numbers = ({ title, series, format }, [times, ...values]) => {
  const rows = times.map((at, index) => ({ at, values: values.map((one) => one[index]) })).reverse();
  return table(
    `${title}: the numbers`,
    [
      { title: 'Time', cell: ({ at }) => time(at * 1_000) },
      ...series.map(({ label }, index) => ({
        title: label,
        isNumber: true,
        cell: ({ values: of }) => (of[index] === null || of[index] === undefined ? '–' : format(of[index])),
      })),
    ],
    rows.slice(0, mostRows),
    'No numbers yet.',
  );
};

/** @param chart `{ id, title, about, series: [{ label }], format }`. @returns takes `[times, ...values]`, times in seconds. */
export const createChart = (chart) => {
  const canvas = el('div', { class: 'plot', 'aria-hidden': 'true' });
  const text = el('div');
  const now = el('p', { class: 'now' });
  const figure = el(
    'figure',
    { 'data-chart': chart.id },
    el('figcaption', {}, el('strong', {}, chart.title), el('span', { class: 'soft' }, ` ${chart.about}`)),
    now,
    canvas,
    el('details', {}, el('summary', {}, `${chart.title}: numbers`), text),
  );
  byId('charts').append(figure);
  let plot;
  let latest;

  const draw = () => {
    plot?.destroy();
    plot = new window.uPlot(optionsOf(chart, Math.max(200, canvas.clientWidth)), latest, canvas);
  };
  const newest = (values) => values.findLast((value) => value !== null && value !== undefined);
  const put = (data) => {
    latest = data;
    const [, ...values] = data;
    now.textContent = chart.series
      .map(
        ({ label }, index) =>
          `${label} ${newest(values[index]) === undefined ? '–' : chart.format(newest(values[index]))}`,
      )
      .join(' · ');
    show(text, numbers(chart, data));
    if (plot) plot.setData(data);
    else draw();
  };
  // The first observation comes at once, when there is nothing to draw.
  new ResizeObserver(() => {
    if (plot && canvas.clientWidth > 0) plot.setSize({ width: canvas.clientWidth, height });
  }).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => latest && draw());
  return put;
};
