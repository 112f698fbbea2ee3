'use server'

import { revalidatePath } from 'next/cache'

import { createServerClient } from '../../clients/server-client'
import type { Refusal } from '../../tasks/refusal-note'

/** Adds a task as whoever sent the form; answers with the refusal, if any. */
export async function addTask(_previous: Refusal | null, form: FormData): Promise<Refusal | null> {
  const name = (form.get('name') as string).trim()
  if (name === '') return null
  const client = await createServerClient()
  const { error } = await client.from('tasks').insert({ name })
  revalidatePath('/server')
  return error && { message: error.message, hint: error.hint }
}
