/** Bar charts by ECharts, drawn on the server as SVG and put into the paper as vectors. */
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import svgToPdf from 'svg-to-pdfkit';
import { colours, margins, type Paper } from './paper.ts';

use([BarChart, GridComponent, SVGRenderer]);

export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** Horizontal bars, the first on top; values from 0 to `most`. */
export function drawBars(paper: Paper, bars: readonly Bar[], most: number): void {
  if (bars.length === 0) return;
  const height = 34 + bars.length * 19;
  paper.need(height);
  svgToPdf(paper.doc, svgOf(bars, most, paper.width, height), margins.left, paper.y, {
    width: paper.width,
    height,
    assumePt: true,
    fontCallback: (_family, bold) => (bold ? 'bold' : 'regular'),
  });
  paper.y += height;
  paper.gap(6);
}

function svgOf(bars: readonly Bar[], most: number, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const label = { color: colours.ink, fontFamily: 'regular', fontSize: 9 };
  chart.setOption({
    animation: false,
    grid: { left: 80, right: 52, top: 6, bottom: 22 },
    xAxis: {
      type: 'value',
      min: 0,
      max: most,
      axisLabel: { ...label, color: colours.soft },
      splitLine: { lineStyle: { color: colours.line, width: 0.5 } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: label,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: 'bar',
        barWidth: 10,
        data: bars.map(({ value }) => value),
        itemStyle: { color: colours.accent },
        label: {
          ...label,
          show: true,
          position: 'right',
          formatter: ({ value }: { value: number }) => value.toFixed(2),
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  // Left open, the chart would keep the process alive.
  chart.dispose();
  return svg;
}
