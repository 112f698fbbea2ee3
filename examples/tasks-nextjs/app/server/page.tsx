import { auth, currentUser } from '@clerk/nextjs/server'

import { createServerClient } from '../../clients/server-client'
import { RefusalNote } from '../../tasks/refusal-note'
import { AddTaskForm } from './add-task-form'

/** The same rows, read before the page leaves the server. */
export default async function ServerPage() {
  await auth.protect()
  const user = await currentUser()
  const client = await createServerClient()
  const { data: tasks, error } = await client.from('tasks').select().order('id')
  return (
    <section aria-label="Your tasks">
      <h2>Tasks of {user?.primaryEmailAddress?.emailAddress}</h2>
      <ul>
        {tasks?.map(({ id, name, is_done }) => (
          <li key={id} className={is_done ? 'done' : ''}>
            {name}
          </li>
        ))}
      </ul>
      <RefusalNote refusal={error} />
      <AddTaskForm />
    </section>
  )
}
