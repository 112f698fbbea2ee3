// The figures of `studio-grid` for reading.

import type { StudioGridReport } from './bench-studio-grid.ts'
import type { ScrollFigures } from './measure-grid.ts'

/** Milliseconds that Studio may take to load on loopback. */
const BAR = 1_000

export function renderStudioGrid({ rows, grid, bare, conditions }: StudioGridReport): string {
  const { cores, processor, node, postgres, commit, measuredAt } = conditions
  return `
The grid on a table of ${rows.toLocaleString('en')} rows, in Chromium

  Studio's first screen, from the address  ${milliseconds(grid.studioLoad)}   ${grid.studioLoad < BAR ? 'meets' : 'misses'} < 1 s
  first row's values, from the address     ${milliseconds(grid.firstRow)}
  jump to the middle                       ${milliseconds(grid.jumpToMiddle)}
  jump to the end                          ${milliseconds(grid.jumpToEnd)}
${scrolled(grid.reading, 'as one reads')}
${scrolled(grid.through, 'top to bottom')}

  the pages alone, through one connection:
    first ${milliseconds(bare.first)}   last ${milliseconds(bare.last)}   middle ${milliseconds(bare.middle)}   count ${milliseconds(bare.count)}

Medians; ${cores} cores (${processor}) shared by the browser, the server and Postgres ${postgres}; Node ${node};
commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function scrolled({ frames, stepRows, late, longest, waiting, settled }: ScrollFigures, way: string): string {
  return `  ${way}, ${frames} frames of ${stepRows} rows each
    frames over 50 ms                      ${String(late).padStart(8)}   longest ${longest.toFixed(0)} ms
    frames with rows still on their way    ${String(waiting).padStart(8)}
    values after the last step             ${milliseconds(settled)}`
}

function milliseconds(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`
}
