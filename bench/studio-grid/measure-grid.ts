// What somebody at the grid waits for.

import type { Page } from '@playwright/test'

import type { Studio } from '../../conformance/studio/open-studio.ts'
import { median } from './bare-pages.ts'

export interface GridFigures {
  /** From asking for Studio's address, signed in, to its first screen's heading. Median, milliseconds. */
  readonly studioLoad: number
  /** From asking for the address to the first row's values on the page. Median, milliseconds. */
  readonly firstRow: number
  /** From the key to the last row's values, the grid open before. Median, milliseconds. */
  readonly jumpToEnd: number
  readonly jumpToMiddle: number
  /** A row or three a frame, as one reads. */
  readonly reading: ScrollFigures
  /** From top to bottom. */
  readonly through: ScrollFigures
}

/** In steps, one a frame. */
export interface ScrollFigures {
  readonly frames: number
  /** Frames that took more than 50 ms. */
  readonly late: number
  readonly longest: number
  /** Frames at whose end a row in sight had no values yet. */
  readonly waiting: number
  readonly stepRows: number
  /** From the last step to values in every row in sight. Milliseconds. */
  readonly settled: number
}

/** Of the table. */
export const ROWS = 1_000_000

const STEPS = 400
const READ_ROWS = 3
const ADDRESS = '/table-editor/public/million'

export async function measureGrid(
  studio: Studio,
  rounds: number,
  progress: (line: string) => void,
): Promise<GridFigures> {
  const page = await studio.visit('/')
  const studioLoad: number[] = []
  const firstRow: number[] = []
  const jumpToEnd: number[] = []
  const jumpToMiddle: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    progress(`opening and jumping, ${round + 1} of ${rounds}`)
    const asked = performance.now()
    await page.goto('/', { waitUntil: 'commit' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    studioLoad.push(performance.now() - asked)
    const began = performance.now()
    await page.goto(ADDRESS, { waitUntil: 'commit' })
    await rowShown(page, 1)
    firstRow.push(performance.now() - began)
    await page.getByText(`${ROWS.toLocaleString('en')} rows`).waitFor()
    jumpToMiddle.push(await jumpedToMiddle(page))
    await page.getByRole('grid').focus()
    const pressed = performance.now()
    await page.keyboard.press('Control+End')
    await rowShown(page, ROWS)
    jumpToEnd.push(performance.now() - pressed)
  }
  progress('scrolling')
  const reading = await page.evaluate<ScrollFigures>(scrolling(READ_ROWS))
  const through = await page.evaluate<ScrollFigures>(scrolling(ROWS / STEPS))
  const jumps = { jumpToEnd: median(jumpToEnd), jumpToMiddle: median(jumpToMiddle) }
  return { studioLoad: median(studioLoad), firstRow: median(firstRow), ...jumps, reading, through }
}

async function rowShown(page: Page, id: number): Promise<void> {
  await page.locator(`#cell-${id - 1}-0`, { hasText: String(id) }).waitFor()
}

/** From the middle of the scroll bar to values in every row in sight. */
async function jumpedToMiddle(page: Page): Promise<number> {
  return await page.evaluate<number>(`(async () => {
    const grid = document.querySelector('[role=grid]')
    const began = performance.now()
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    while (grid.querySelector('[aria-busy]') !== null) await frame()
    return performance.now() - began
  })()`)
}

/** Runs in the page, which has its own language level and no types of ours. */
function scrolling(stepRows: number): string {
  return `(async () => {
    const grid = document.querySelector('[role=grid]')
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const waits = () => grid.querySelector('[aria-busy]') !== null
    const most = grid.scrollHeight - grid.clientHeight
    grid.scrollTop = 0
    while (waits()) await frame()
    await frame()
    let late = 0, longest = 0, waiting = 0
    let before = await frame()
    for (let step = 1; step <= ${STEPS}; step += 1) {
      grid.scrollTop = (most * step * ${stepRows}) / ${ROWS}
      const now = await frame()
      if (waits()) waiting += 1
      if (now - before > 50) late += 1
      longest = Math.max(longest, now - before)
      before = now
    }
    const stopped = performance.now()
    while (waits()) await frame()
    return { frames: ${STEPS}, late, longest, waiting, stepRows: ${stepRows}, settled: performance.now() - stopped }
  })()`
}
