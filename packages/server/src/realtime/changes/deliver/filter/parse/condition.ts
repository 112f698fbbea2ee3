// A filter as a client writes it (`status=eq.open,age=not.lt.18`), read: all of its conditions must be true.

/** Operators that compare with one value. */
export const COMPARISONS = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'isdistinct'] as const
/** Operators that compare with a pattern. */
export const PATTERNS = ['like', 'ilike', 'match', 'imatch'] as const
export const TRUTHS = ['null', 'true', 'false', 'unknown'] as const

export type Comparison = (typeof COMPARISONS)[number]
export type PatternOperator = (typeof PATTERNS)[number]
export type Truth = (typeof TRUTHS)[number]

interface Named {
  readonly column: string
  /** Written with `not.` before the operator. */
  readonly isNegated: boolean
}

type ComparisonCondition = Named & { readonly operator: Comparison; readonly value: string }
type PatternCondition = Named & { readonly operator: PatternOperator; readonly value: string }
type ListCondition = Named & { readonly operator: 'in'; readonly values: readonly string[] }
type TruthCondition = Named & { readonly operator: 'is'; readonly value: Truth }

export type Condition = ComparisonCondition | PatternCondition | ListCondition | TruthCondition

export function isPattern(condition: Condition): condition is PatternCondition {
  return PATTERNS.some((operator) => operator === condition.operator)
}
