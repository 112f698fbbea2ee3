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

export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), PAUSE)
    return () => clearTimeout(timer)
  }, [typed, value, onSearch])
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
