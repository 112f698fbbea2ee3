'use client'

import { useActionState } from 'react'

import { RefusalNote } from '../../tasks/refusal-note'
import { addTask } from './actions'

/** Works before any script has loaded, too. */
export function AddTaskForm() {
  const [refusal, add] = useActionState(addTask, null)
  return (
    <>
      <form className="add" action={add}>
        <input name="name" aria-label="New task" placeholder="New task" required autoComplete="off" />
        <button type="submit">Add</button>
      </form>
      <RefusalNote refusal={refusal} />
    </>
  )
}
