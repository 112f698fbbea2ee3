// The ceiling: the same pages, selected through one connection and read into objects.

import { Client } from 'pg'

/** Medians, milliseconds. */
export interface BarePages {
  readonly first: number
  readonly last: number
  /** The page in the middle, by offset. */
  readonly middle: number
  readonly count: number
}

const PAGE = 100
const pages = {
  first: `select * from million order by id limit ${PAGE}`,
  last: `select * from million order by id desc limit ${PAGE}`,
  middle: `select * from million order by id limit ${PAGE} offset 500000`,
  count: 'select count(*) from million',
} as const

export async function barePages(url: string, rounds: number): Promise<BarePages> {
  const client = new Client(url)
  await client.connect()
  const timed = async (text: string): Promise<number> => {
    const took: number[] = []
    for (let round = 0; round < rounds * 5; round += 1) {
      const began = performance.now()
      await client.query(text)
      took.push(performance.now() - began)
    }
    return median(took)
  }
  const figures = {
    first: await timed(pages.first),
    last: await timed(pages.last),
    middle: await timed(pages.middle),
    count: await timed(pages.count),
  }
  await client.end()
  return figures
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
