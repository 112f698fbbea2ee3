'use client'

import type { SubmitEvent } from 'react'

/**
 * One line of text and a button. The line is empty again at once, for the next one; what `add` says no to comes back.
 */
export function AddForm({ label, add }: { readonly label: string; readonly add: (text: string) => Promise<boolean> }) {
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = event.currentTarget.elements.namedItem('text') as HTMLInputElement
    const text = input.value.trim()
    input.value = ''
    if (text === '' || (await add(text))) return
    // The next line may have been begun meanwhile.
    if (input.value === '') input.value = text
  }
  return (
    <form className="add" onSubmit={(event) => void submit(event)}>
      <input name="text" aria-label={label} placeholder={label} required autoComplete="off" />
      <button type="submit">Add</button>
    </form>
  )
}
