// In place of a picture: pictures are at the instance's own address, and this page loads nothing from elsewhere.

/** Two letters of a name. Says nothing that does not stand beside it. */
export function Avatar({ name }: { readonly name: string }) {
  const initials = name
    .split(/[\s@._-]+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join('')
  return (
    <span
      aria-hidden
      className="flex size-8 shrink-0 items-center justify-center rounded-full bg-brand-soft text-xs font-medium text-brand-strong uppercase"
    >
      {initials}
    </span>
  )
}
