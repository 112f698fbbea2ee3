// LIKE without a locale: the characters themselves, `%` for any run of them, `_` for one. A loop of its own rather than
// a regular expression, since the pattern is a stranger's and must not cost more than its length times the text's.

type Piece = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'character'; readonly is: string }

/** Steps that one row may cost this process, and everybody on it: a few milliseconds. */
const MOST_STEPS = 1_000_000

/**
 * Whether a whole text matches; undefined where finding out might take long, which Postgres can do aside. Null for a
 * pattern that ends in its escape, which only Postgres may refuse.
 */
export function likePattern(pattern: string): ((text: string) => boolean | undefined) | null {
  const pieces = piecesOf(Array.from(pattern))
  if (pieces === null) return null
  return (text) => (pieces.length * text.length > MOST_STEPS ? undefined : matches(pieces, Array.from(text)))
}

function piecesOf(characters: readonly string[]): readonly Piece[] | null {
  const pieces: Piece[] = []
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? ''
    if (character === '%') pieces.push({ kind: 'any' })
    else if (character === '_') pieces.push({ kind: 'one' })
    else if (character !== '\\') pieces.push({ kind: 'character', is: character })
    else if (at + 1 === characters.length) return null
    else pieces.push({ kind: 'character', is: characters[(at += 1)] ?? '' })
  }
  return pieces
}

// Where a piece fails, only the last `%` needs to take one character more: what an earlier one takes changes nothing.
function matches(pieces: readonly Piece[], text: readonly string[]): boolean {
  let [piece, at] = [0, 0]
  let [anyPiece, anyAt] = [-1, 0]
  while (at < text.length) {
    const wanted = pieces[piece]
    if (wanted?.kind === 'any') {
      ;[anyPiece, anyAt] = [piece, at]
      piece += 1
    } else if (wanted !== undefined && (wanted.kind === 'one' || wanted.is === text[at])) {
      piece += 1
      at += 1
    } else if (anyPiece >= 0) {
      anyAt += 1
      ;[piece, at] = [anyPiece + 1, anyAt]
    } else return false
  }
  return pieces.slice(piece).every(({ kind }) => kind === 'any')
}
