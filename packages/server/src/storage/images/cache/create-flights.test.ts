import { describe, expect, it } from 'vitest'

import { createFlights } from './create-flights.ts'

const never = new AbortController().signal

/** Work that ends when it is told to, and knows whether it was given up. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const given: AbortSignal[] = []
  const run = async (signal: AbortSignal): Promise<string> => {
    given.push(signal)
    return await promise
  }
  return { run, resolve, reject, given }
}

describe('createFlights', () => {
  it('does once what several wait for', async () => {
    const flights = createFlights<string>()
    const { run, resolve, given } = work()
    const all = [flights.join('a', never, run), flights.join('a', never, run), flights.join('a', never, run)]
    resolve('done')
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done'])
    expect(given).toHaveLength(1)
  })

  it('begins anew for whoever comes after', async () => {
    const flights = createFlights<string>()
    expect(await flights.join('a', never, async () => 'first')).toBe('first')
    expect(await flights.join('a', never, async () => 'second')).toBe('second')
  })

  it('tells all of a failure', async () => {
    const flights = createFlights<string>()
    const { run, reject } = work()
    const all = [flights.join('a', never, run), flights.join('a', never, run)]
    reject(new Error('broken'))
    await Promise.all(all.map(async (each) => await expect(each).rejects.toThrow('broken')))
  })

  it('goes on while anybody waits, and is given up with the last', async () => {
    const flights = createFlights<string>()
    const { run, given } = work()
    const [one, other] = [new AbortController(), new AbortController()]
    const first = flights.join('a', one.signal, run)
    const second = flights.join('a', other.signal, run)
    one.abort(new Error('one left'))
    await expect(first).rejects.toThrow('one left')
    expect(given[0]?.aborted).toBe(false)
    other.abort(new Error('other left'))
    await expect(second).rejects.toThrow('other left')
    expect(given[0]?.aborted).toBe(true)
    expect(await flights.join('a', never, async () => 'anew')).toBe('anew')
  })
})
