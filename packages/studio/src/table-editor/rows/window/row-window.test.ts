import { expect, test } from 'vitest'

import type { PageStart } from './page-request.ts'
import type { Page } from '../requests.ts'
import { RowWindow } from './row-window.ts'

/** A table of numbers that answers when it is told to. */
function table(size: number) {
  const asked: (PageStart & { readonly signal: AbortSignal; answer(): void })[] = []
  const read = async (start: PageStart, signal: AbortSignal): Promise<Page> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    asked.push({ ...start, signal, answer: resolve })
    await promise
    return pageOf(size, start)
  }
  const answerAll = async (): Promise<void> => {
    for (let index = 0; index < asked.length; index += 1) {
      asked[index]?.answer()
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { asked, answerAll, window: new RowWindow(read) }
}

function pageOf(size: number, { from, offset, limit }: PageStart): Page {
  const begin = beginOf(size, from, offset, limit)
  const numbers = Array.from({ length: limit }, (_, index) => begin + index).filter((n) => n >= 0 && n < size)
  const rows = numbers.map((n) => ({ cells: [String(n)], cut: {}, key: { n: String(n) }, place: null, version: '1' }))
  const cursorAt = (at: number): string | null => (numbers.at(at) === undefined ? null : String(numbers.at(at)))
  return { columns: [], rows, cursors: { first: cursorAt(0), last: cursorAt(-1) } }
}

function beginOf(size: number, from: PageStart['from'], offset: number, limit: number): number {
  if (from === 'start') return offset
  if (from === 'end') return size - offset - limit
  if ('after' in from) return Number(from.after) + 1 + offset
  return Number(from.before) - offset - limit
}

test('what is looked at comes first, then what lies beside it', async () => {
  const { window, asked, answerAll } = table(1000)
  window.look(0, 30)
  expect(asked.map(({ offset }) => offset)).toEqual([0, 100])
  await answerAll()
  expect(window.row(30)?.cells).toEqual(['30'])
  expect(window.row(299)?.cells).toEqual(['299'])
  expect(window.row(300)).toBeUndefined()
})

test('the end is reached from behind, and pages beside a known one from there', async () => {
  const { window, asked, answerAll } = table(1_000_050)
  window.setTotal({ count: 1_000_050, exact: true })
  window.look(1_000_020, 1_000_049)
  await answerAll()
  expect(window.row(1_000_049)?.cells).toEqual(['1000049'])
  expect(window.row(999_999)?.cells).toEqual(['999999'])
  expect(Math.max(...asked.map(({ offset }) => offset))).toBeLessThanOrEqual(300)

  window.look(500_000, 500_030)
  await answerAll()
  window.look(500_400, 500_430)
  await answerAll()
  expect(window.row(500_430)?.cells).toEqual(['500430'])
  expect(asked.at(-1)?.from).toHaveProperty('after')
  expect(asked.at(-1)?.offset).toBeLessThan(500)
})

test('requests that nobody waits for any more are ended', async () => {
  const { window, asked, answerAll } = table(100_000)
  window.setTotal({ count: 100_000, exact: true })
  window.look(0, 30)
  window.look(50_000, 50_030)
  expect(asked[0]?.signal.aborted).toBe(true)
  await answerAll()
  expect(window.row(0)).toBeUndefined()
  expect(window.row(50_000)?.cells).toEqual(['50000'])
})

test('a page that is not full tells how many rows there are', async () => {
  const { window, answerAll } = table(130)
  window.look(0, 30)
  await answerAll()
  expect(window.total).toEqual({ count: 130, exact: true })
})

test('an estimate that was too large is corrected', async () => {
  const { window, answerAll } = table(130)
  window.setTotal({ count: 500, exact: false })
  window.look(400, 430)
  await answerAll()
  window.look(0, 30)
  await answerAll()
  expect(window.total).toEqual({ count: 130, exact: true })
})

test('rows far away are let go', async () => {
  const { window, answerAll } = table(20_000)
  for (let at = 0; at < 20_000; at += 500) {
    window.look(at, at + 30)
    await answerAll()
  }
  expect(window.row(0)).toBeUndefined()
  expect(window.loaded().length).toBeLessThanOrEqual(6000)
})

test('after an error nothing is asked until somebody wants to try again', async () => {
  let fails = true
  const window = new RowWindow(async (start) => {
    if (fails) throw new Error('no server')
    return await Promise.resolve(pageOf(50, start))
  })
  window.look(0, 30)
  await expect.poll(() => window.error).toBeInstanceOf(Error)
  fails = false
  window.retry()
  await expect.poll(() => window.row(10)?.cells).toEqual(['10'])
  expect(window.error).toBe(null)
})

test('a changed row stands in the place of the old one, and a refresh reads it anew', async () => {
  const { window, asked, answerAll } = table(50)
  window.look(0, 30)
  await answerAll()
  window.put(3, { cells: ['changed'], cut: {}, key: { n: '3' }, place: null, version: '2' })
  expect(window.row(3)?.cells).toEqual(['changed'])
  const refreshed = window.refresh()
  asked.at(-1)?.answer()
  await refreshed
  expect(window.row(3)?.cells).toEqual(['3'])
})
