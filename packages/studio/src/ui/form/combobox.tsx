// One of many, or free text with suggestions.

import { useState } from 'react'

import { ChoiceButton } from './choice-button.tsx'
import type { Option } from './select.tsx'
import { Suggested } from './suggested.tsx'

interface ComboboxProps {
  /** For one outside of a Field. */
  readonly label?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly Option[]
  /** Whatever is typed may be chosen; else one of the suggestions only. */
  readonly free?: boolean
  /** Told what is typed, for suggestions that the server finds; they are then shown as they come. */
  readonly onSearch?: (text: string) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string
}

/** A searchable choice; with `free`, of any text. */
export function Combobox(props: ComboboxProps) {
  const {
    label,
    value,
    onChange,
    suggestions,
    free = false,
    onSearch,
    placeholder = 'Choose',
    disabled = false,
    className,
  } = props
  const [open, setOpen] = useState(false)
  const shown = suggestions.find((option) => option.value === value)?.label ?? value
  const choose = (next: string) => {
    onChange(next)
    setOpen(false)
  }
  return (
    <Suggested
      open={open}
      setOpen={setOpen}
      suggestions={suggestions}
      free={free}
      onSearch={onSearch}
      onChoose={choose}
    >
      <ChoiceButton
        open={open}
        shown={shown === '' ? placeholder : shown}
        isHint={shown === ''}
        aria-label={label}
        disabled={disabled}
        className={className}
      />
    </Suggested>
  )
}
