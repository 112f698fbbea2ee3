'use client'

import type { SupabaseClient } from '@supabase/supabase-js'

import { AddForm } from './add-form'
import { RefusalNote } from './refusal-note'
import { useRows } from './use-rows'

interface Task {
  readonly id: number
  readonly name: string
  readonly is_done: boolean
}

/**
 * One's own tasks. No request names a person: the policies read it from the token.
 * The page gives the hook, not the client: React's development build prints props, and a client throws when printed.
 */
export function PersonalTasks({ useClient }: { readonly useClient: () => SupabaseClient }) {
  const client = useClient()
  const { rows, refusal, isLive, change } = useRows<Task>(client, 'tasks')
  const tasks = client.from('tasks')

  return (
    <section aria-label="Your tasks">
      <h2>Your tasks</h2>
      <ul>
        {rows?.map(({ id, name, is_done }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={is_done}
                onChange={() => void change(tasks.update({ is_done: !is_done }).eq('id', id))}
              />
              <span>{name}</span>
            </label>
            <button
              type="button"
              aria-label={`Delete ${name}`}
              onClick={() => void change(tasks.delete().eq('id', id))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {rows?.length === 0 && <p className="quiet">Nothing to do.</p>}
      {isLive && <p className="quiet">Live: what you change elsewhere appears here by itself.</p>}
      <AddForm label="New task" add={async (name) => await change(tasks.insert({ name }))} />
      <RefusalNote refusal={refusal} />
    </section>
  )
}
