import { describe, expect, test } from 'vitest'

import { readItem } from './read-item.ts'

describe('an item of postgres_changes', () => {
  test('names a table, and what of it', () => {
    const item = { event: 'insert', schema: 'public', table: 'tasks', filter: 'id=eq.1', select: ['id'], own: 1 }
    expect(readItem(item)).toEqual({
      event: 'INSERT',
      schema: 'public',
      table: 'tasks',
      filter: 'id=eq.1',
      select: ['id'],
      since: null,
    })
  })

  test.each([
    [{ schema: 'public' }],
    [{ schema: 'public', table: '*' }],
    [{ schema: 'public', table: '', filter: '  ' }],
  ])('is about every change of a schema where it names no table: %j', (item) => {
    const whole = { event: '*', schema: 'public', table: null, filter: null, select: null, since: null }
    expect(readItem(item)).toEqual(whole)
  })

  test('takes a table without a schema for one of public', () => {
    expect(readItem({ table: 'tasks' })).toMatchObject({ schema: 'public', table: 'tasks' })
  })

  test.each([
    ['2025-01-01T00:00:00.000Z', { kind: 'time', at: 1_735_689_600_000 }],
    [1_735_689_600_000, { kind: 'time', at: 1_735_689_600_000 }],
    ['1/A', { kind: 'lsn', at: 0x1_0000_000an }],
  ])('says from when on, as a commit timestamp or a place in the WAL: %j', (since, read) => {
    expect(readItem({ table: 'tasks', since }).since).toEqual(read)
  })

  test.each([
    [{ table: 'tasks', event: 'TRUNCATE' }, 'event'],
    [{ table: 'tasks', event: 1 }, 'event'],
    [{ event: '*' }, 'Please provide at least a `schema` or `table`'],
    [{ table: 7 }, 'The table of a subscription must be a string'],
    [{ schema: '*', table: 'tasks' }, 'together with its schema'],
    [{ schema: 'public', filter: 'id=eq.1' }, 'A filter needs a table'],
    [{ schema: 'public', table: '*', select: ['id'] }, 'not supported for wildcard subscriptions'],
    [{ table: 'tasks', select: 'id' }, 'expected a list of column name strings'],
    [{ table: 'tasks', filter: 'wrong' }, 'Error parsing `filter` params: ["wrong"]'],
    [{ table: 'tasks', since: 'yesterday' }, 'since'],
  ])('is refused where it means nothing: %j', (item, reason) => {
    const refused = expect.objectContaining({
      code: 'realtime.subscription-invalid',
      detail: { reason: expect.stringContaining(reason) },
    })
    expect(() => readItem(item)).toThrow(refused)
  })
})
