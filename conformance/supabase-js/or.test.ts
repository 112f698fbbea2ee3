import { expect, test } from 'vitest'

import { films, idsOf, supabase } from './cinema/client.ts'

test('joins conditions by OR, with AND within', async () => {
  expect(await idsOf(films().or('year.eq.1962,and(year.gt.2010,rating.eq.R)'))).toEqual([1, 4])
})

test('joins with other filters by AND', async () => {
  expect(await idsOf(films().eq('rating', 'R').or('id.eq.1,id.eq.2'))).toEqual([2])
})

test('stands more than once', async () => {
  expect(await idsOf(films().or('id.eq.1,id.eq.2').or('id.eq.2,id.eq.3'))).toEqual([2])
})

test('takes negations and lists', async () => {
  expect(await idsOf(films().or('not.and(id.gt.1,id.lt.5),id.in.(2,3)'))).toEqual([1, 2, 3, 5])
})

test('takes values in double quotes', async () => {
  expect(await idsOf(films().or('title.eq."Cléo from 5 to 7",title.eq."a,b"'))).toEqual([1])
})

test('filters an embed where it names the table', async () => {
  const { data } = await supabase
    .from('directors')
    .select('id, films(id)')
    .or('year.eq.1962,year.eq.2019', { referencedTable: 'films' })
    .order('id')
  expect(data).toEqual([
    { id: 1, films: [{ id: 1 }] },
    { id: 2, films: [{ id: 4 }] },
    { id: 3, films: [] },
  ])
})

test('refuses what does not parse', async () => {
  const { status, error } = await films().or('id.eq.1,,')
  expect([status, error?.code]).toEqual([400, 'PGRST100'])
})
