// Whether the main job can be shown in a project: `npm start -- --project other` serves one that is not the example.

import { createClient } from '@supabase/supabase-js'

import type { StackVariables } from './prove-main-job.ts'

const TABLES = ['tasks', 'organization_tasks']

/** One sentence that says what the main job lacks; null where it lacks nothing. Nobody is signed up and nothing written. */
export async function whyNotHere(variables: StackVariables): Promise<string | null> {
  const leftOut = 'The main job of the example is left out:'
  if (variables['CLERK_SECRET_KEY'] === undefined)
    return `${leftOut} it needs the built-in Clerk instance, which is off here.`
  const missing = await missingTables(variables)
  return missing.length === 0 ? null : `${leftOut} this project has no table ${missing.join(' and no table ')}.`
}

/** A table that the API refuses to read is there. */
async function missingTables({ API_URL = '', SECRET_KEY = '' }: StackVariables): Promise<readonly string[]> {
  const client = createClient(API_URL, SECRET_KEY)
  const answers = await Promise.all(TABLES.map(async (table) => await client.from(table).select().limit(0)))
  return TABLES.filter((_table, index) => answers[index]?.status === 404)
}
