// A search that asks once typing pauses.

import { useEffect, useState } from 'react'

import { Input } from '../../ui/form/input.tsx'

/** Milliseconds without a key. */
const PAUSE = 250

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onSearch: (value: string) => void
}

/** Follows `value` where something else changed it, such as a link to the whole list. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [asked, setAsked] = useState(value)
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    // What was asked for here comes back as the value; anything else was chosen elsewhere.
    if (value !== asked) {
      setAsked(value)
      setTyped(value)
    }
  }
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => {
      setAsked(typed)
      onSearch(typed)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [typed, asked, onSearch])
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="sm:w-72"
    />
  )
}
