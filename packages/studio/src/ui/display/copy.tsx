// Texts to take away, and those that are shown only when asked for.

import { Check, Copy, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../button.tsx'
import { copyText } from './copy-text.ts'

/** Milliseconds that the button says it was done. */
const SAID = 1_500

/** Copies `text`; `label` says what it is, for who cannot see it. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    if (!(await copyText(text, null))) return
    setCopied(true)
    setTimeout(() => setCopied(false), SAID)
  }
  return (
    <Button size="sm" aria-label={copied ? 'Copied' : label} onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {copied ? 'Copied' : 'Copy'}
    </Button>
  )
}

interface ValueProps {
  readonly label: string
  readonly value: string
}

/** A value in a line of its own, with a button to copy it. */
export function CopyValue({ label, value }: ValueProps) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <code className="min-w-0 flex-1 rounded border border-line bg-sunken px-2 py-1 font-mono text-xs break-all">
        {value}
      </code>
      <CopyButton text={value} label={`Copy ${label}`} />
    </div>
  )
}

/** A value that nobody should see over a shoulder: hidden until revealed, copied without being shown. */
export function Secret({ label, value }: ValueProps) {
  const [shown, setShown] = useState(false)
  return (
    <div className="flex min-w-0 items-center gap-2">
      <code className="min-w-0 flex-1 rounded border border-line bg-sunken px-2 py-1 font-mono text-xs break-all">
        {shown ? value : '•'.repeat(24)}
      </code>
      <Button size="sm" aria-label={`${shown ? 'Hide' : 'Reveal'} ${label}`} onClick={() => setShown(!shown)}>
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        {shown ? 'Hide' : 'Reveal'}
      </Button>
      <CopyButton text={value} label={`Copy ${label}`} />
    </div>
  )
}
