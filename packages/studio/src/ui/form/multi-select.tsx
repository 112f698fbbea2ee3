// Several of many.

import { X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../button.tsx'
import { ChoiceButton } from './choice-button.tsx'
import type { Option } from './select.tsx'
import { Suggested } from './suggested.tsx'

interface MultiSelectProps {
  readonly label?: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly options: readonly Option[]
  readonly placeholder?: string
}

/** Several of many, each shown with a way to take it out again. */
export function MultiSelect({ label, value, onChange, options, placeholder = 'Choose' }: MultiSelectProps) {
  const [open, setOpen] = useState(false)
  const left = options.filter((option) => !value.includes(option.value))
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {value.map((chosen) => (
        <span
          key={chosen}
          className="inline-flex items-center gap-1 rounded border border-line bg-sunken py-0.5 pl-2 text-sm"
        >
          {options.find((option) => option.value === chosen)?.label ?? chosen}
          <Button
            variant="ghost"
            size="icon"
            className="size-6"
            aria-label={`Remove ${chosen}`}
            onClick={() => onChange(value.filter((each) => each !== chosen))}
          >
            <X aria-hidden />
          </Button>
        </span>
      ))}
      <Suggested
        open={open}
        setOpen={setOpen}
        suggestions={left}
        free={false}
        onSearch={undefined}
        onChoose={(next) => onChange([...value, next])}
      >
        <ChoiceButton open={open} shown={placeholder} isHint aria-label={label} className="w-auto flex-1" />
      </Suggested>
    </div>
  )
}
