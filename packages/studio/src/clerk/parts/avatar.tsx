// Pictures of people and organizations, which are at their instance's own address.

import { useState } from 'react'

interface AvatarProps {
  readonly name: string
  readonly imageUrl: string
  /** Somebody chose it; without, there is only a drawing of the initials. */
  readonly hasImage: boolean
}

/** A picture, or two letters of the name until it is there. Says nothing that does not stand beside it. */
export function Avatar({ name, imageUrl, hasImage }: AvatarProps) {
  const [unread, setUnread] = useState<string | null>(null)
  const initials = name
    .split(/[\s@._-]+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join('')
  return (
    <span
      aria-hidden
      className="relative flex size-8 shrink-0 items-center justify-center overflow-hidden rounded-full bg-brand-soft text-xs font-medium text-brand-strong uppercase"
    >
      {initials}
      {hasImage && unread !== imageUrl && (
        <img
          src={imageUrl}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setUnread(imageUrl)}
          className="absolute inset-0 size-full bg-surface object-cover"
        />
      )}
    </span>
  )
}
