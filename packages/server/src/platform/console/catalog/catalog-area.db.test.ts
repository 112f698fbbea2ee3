import { afterAll, beforeAll, expect, test } from 'vitest'

import { type ServedArea, serveArea } from '../../serve-area.test-support.ts'
import { consoleCatalogArea } from './catalog-area.ts'

let served: ServedArea

beforeAll(async () => {
  served = await serveArea((database) => consoleCatalogArea(database))
  await served.database.query(
    `
    create type mood as enum ('good');
    create table "Tasks" (id int, "due date" timestamptz, primary key (id));
    create view open_tasks as select id from "Tasks";
    create function owner_of(task int) returns text language sql return 'nobody';
    create role auditor; grant auditor to postgres`,
    'supabase_admin',
  )
})
afterAll(async () => await served[Symbol.asyncDispose]())

test('an editor learns tables with their columns, functions and types', async () => {
  const { body } = await served.ask('GET', '/query/completions')
  expect(body).toMatchObject({
    tables: expect.arrayContaining([
      {
        schema: 'public',
        name: 'Tasks',
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'due date', type: 'timestamp with time zone' },
        ],
      },
      { schema: 'public', name: 'open_tasks', columns: [{ name: 'id', type: 'integer' }] },
    ]),
    functions: expect.arrayContaining([
      { schema: 'public', name: 'owner_of', arguments: 'task integer', returns: 'text' },
      expect.objectContaining({ schema: 'auth', name: 'jwt' }),
    ]),
    types: expect.arrayContaining([{ schema: 'public', name: 'mood' }]),
  })
})

test('the roles that may be taken are listed, with whom policies do not bind', async () => {
  const { body } = await served.ask('GET', '/query/roles')
  expect(body).toMatchObject({
    roles: expect.arrayContaining([
      { name: 'anon', bypasses: false },
      { name: 'auditor', bypasses: false },
      { name: 'authenticated', bypasses: false },
      { name: 'service_role', bypasses: true },
    ]),
  })
  expect(JSON.stringify(body)).not.toContain('"postgres"')
})
