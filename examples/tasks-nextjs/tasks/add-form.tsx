'use client'

import type { SubmitEvent } from 'react'

/** One line of text and a button. The line is empty again at once, for the next one. */
export function AddForm({ label, add }: { readonly label: string; readonly add: (text: string) => Promise<void> }) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    void add(new FormData(form).get('text') as string)
    form.reset()
  }
  return (
    <form className="add" onSubmit={submit}>
      <input name="text" aria-label={label} placeholder={label} required autoComplete="off" />
      <button type="submit">Add</button>
    </form>
  )
}
