'use client'

/** One line of text and a button. The form empties itself once the action is done. */
export function AddForm({ label, add }: { readonly label: string; readonly add: (text: string) => Promise<void> }) {
  return (
    <form className="add" action={async (form) => await add(form.get('text') as string)}>
      <input name="text" aria-label={label} placeholder={label} required autoComplete="off" />
      <button type="submit">Add</button>
    </form>
  )
}
