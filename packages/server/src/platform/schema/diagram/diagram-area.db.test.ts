import { afterAll, beforeAll, expect, it } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import { diagramArea } from './diagram-area.ts'

let area: ServedArea
beforeAll(async () => {
  area = await serveArea(diagramArea)
})
afterAll(async () => await area[Symbol.asyncDispose]())

it('tells tables, columns and what ties them in one answer', async () => {
  await area.database.query(`
    create schema "o'ther";
    create table "o'ther".lists (id bigint generated always as identity primary key, title text not null unique);
    create table tasks (id uuid primary key, list bigint references "o'ther".lists, twin uuid unique references tasks);
    alter table tasks enable row level security`)
  const { body } = await area.ask('GET', '/diagram?schema=public')
  expect(body).toEqual({
    tables: [
      {
        schema: 'public',
        name: 'tasks',
        kind: 'table',
        rls: true,
        comment: '',
        columns: [
          { name: 'id', type: 'uuid', nullable: false, identity: false, primary: true, unique: true },
          { name: 'list', type: 'bigint', nullable: true, identity: false, primary: false, unique: false },
          { name: 'twin', type: 'uuid', nullable: true, identity: false, primary: false, unique: true },
        ],
      },
    ],
    relationships: [
      {
        name: 'tasks_list_fkey',
        from: { schema: 'public', table: 'tasks', columns: ['list'] },
        to: { schema: "o'ther", table: 'lists', columns: ['id'] },
        one: false,
      },
      {
        name: 'tasks_twin_fkey',
        from: { schema: 'public', table: 'tasks', columns: ['twin'] },
        to: { schema: 'public', table: 'tasks', columns: ['id'] },
        one: true,
      },
    ],
  })
  const other = await area.ask('GET', `/diagram?schema=${encodeURIComponent("o'ther")}`)
  expect(other.body['relationships']).toHaveLength(1)
})
