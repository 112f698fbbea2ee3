// Where the data comes from: a file, or a text that is pasted.

import { useState } from 'react'

import { Field } from '../../ui/form/field.tsx'
import { Input, Textarea } from '../../ui/form/input.tsx'
import { Tabs } from '../../ui/display/tabs.tsx'

interface ImportSourceProps {
  readonly onTake: (file: Blob | null) => void
}

export function ImportSource({ onTake }: ImportSourceProps) {
  const [tab, setTab] = useState<'file' | 'text'>('file')
  const [text, setText] = useState('')
  const choose = (next: 'file' | 'text'): void => {
    setTab(next)
    onTake(next === 'text' ? new Blob([text]) : null)
  }
  return (
    <Tabs
      label="Where the data comes from"
      value={tab}
      onChange={choose}
      tabs={[
        {
          id: 'file',
          label: 'Upload CSV',
          content: (
            <Field label="File">
              <Input
                type="file"
                accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
                className="py-1.5"
                onChange={(event) => onTake(event.target.files?.[0] ?? null)}
              />
            </Field>
          ),
        },
        {
          id: 'text',
          label: 'Paste text',
          content: (
            <Field label="Data" hint="As copied from a spreadsheet, or CSV.">
              <Textarea
                rows={6}
                value={text}
                onChange={(event) => {
                  setText(event.target.value)
                  onTake(new Blob([event.target.value]))
                }}
                className="font-mono text-xs"
              />
            </Field>
          ),
        },
      ]}
    />
  )
}
