// One of the objects that an app keeps about somebody.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { Card } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { KeepTyped } from '../../ui/overlay/keep-typed.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../api/clerk-request.ts'
import { parseClaims, printClaims } from '../tokens/claims/parse-claims.ts'

type Metadata = Readonly<Record<string, unknown>>

interface MetadataEditorProps {
  readonly kind: 'public' | 'private' | 'unsafe'
  readonly value: Metadata
  /** Of whom it is, below `/v1`. */
  readonly path: string
}

const kinds = {
  public: { title: 'Public metadata', hint: 'Browsers read it, servers write it. Shortcodes may name it.' },
  private: { title: 'Private metadata', hint: 'Servers alone read and write it.' },
  unsafe: { title: 'Unsafe metadata', hint: 'Browsers read and write it: trust nothing in it.' },
} as const

/** Replaces the object whole; what was typed stays until that succeeded. */
export function MetadataEditor({ kind, value, path }: MetadataEditorProps) {
  const { title, hint } = kinds[kind]
  const param = `${kind}_metadata`
  const [typed, setTyped] = useState<string | null>(null)
  const save = useClerkChange((metadata: Metadata) => ({
    method: 'PUT',
    path: `${path}/metadata`,
    body: { [param]: metadata },
  }))
  const { claims: metadata, problem } = parseClaims(typed ?? printClaims(value), [])
  const submit = () => {
    if (metadata === null) return
    save.mutate(metadata, {
      onSuccess: () => {
        setTyped(null)
        toast.good(`${title} was saved.`)
      },
    })
  }
  return (
    <Card title={title}>
      <Field label={title} hint={hint} error={problem ?? complaintAt(save.error, param)}>
        <CodeEditor
          language="json"
          label={title}
          value={typed ?? printClaims(value)}
          onChange={(text) => setTyped(text === printClaims(value) ? null : text)}
          onRun={submit}
          minLines={4}
        />
      </Field>
      <RefusalNote error={complaintBeside(save.error, param)} />
      <KeepTyped dirty={typed !== null} />
      <div className="flex justify-end">
        <Button disabled={typed === null || metadata === null} busy={save.isPending} onClick={submit}>
          {`Save ${kind} metadata`}
        </Button>
      </div>
    </Card>
  )
}
