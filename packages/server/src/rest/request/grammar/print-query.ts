// Writes trees of the query grammars down again, in one of the spellings that read as the same tree.
// Names are quoted unless they are plain words, and so are all values in lists and trees.

import type { Field, Filter, JsonStep, LogicTree, Operation, OrderTerm, SelectItem } from '../api-request.ts'

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (character) => `\\${character}`)}"`
}

function printName(text: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(text) ? text : quoted(text)
}

function printStep(step: JsonStep): string {
  return step.arrow + ('index' in step ? step.index : quoted(step.key))
}

/** `name->path` */
function printField({ name, path }: Field): string {
  return (name === '*' ? name : printName(name)) + path.map(printStep).join('')
}

/** `embed.embed.field`: the key of a filter. */
export function printTarget(path: readonly string[], field: Field): string {
  return [...path.map(printName), printField(field)].join('.')
}

function printCast(cast: string | null): string {
  return cast === null ? '' : `::${cast}`
}

function printAlias(alias: string | null): string {
  return alias === null ? '' : `${printName(alias)}:`
}

function printItem(item: SelectItem): string {
  if (item.kind === 'field') {
    const counts = item.field.name === '*' && item.aggregate !== null
    const field = counts ? '' : printField(item.field) + printCast(item.cast)
    const call = item.aggregate && `${counts ? '' : '.'}${item.aggregate.function}()${printCast(item.aggregate.cast)}`
    return printAlias(item.alias) + field + (call ?? '')
  }
  const head = item.kind === 'spread' ? '...' : printAlias(item.alias)
  const hint = item.hint === null ? '' : `!${quoted(item.hint)}`
  const join = item.join === null ? '' : `!${item.join}`
  return `${head}${printName(item.relation)}${hint}${join}(${printSelect(item.select)})`
}

/** The value of `select`. */
export function printSelect(items: readonly SelectItem[]): string {
  return items.map(printItem).join(',')
}

function printOperation(operation: Operation, value: (text: string) => string): string {
  switch (operation.kind) {
    case 'simple': {
      const quantifier = operation.quantifier === null ? '' : `(${operation.quantifier})`
      return `${operation.operator}${quantifier}.${value(operation.value)}`
    }
    case 'in':
      return `in.(${operation.values.map(quoted).join(',')})`
    case 'is':
      return `is.${operation.value}`
    case 'is-distinct':
      return `isdistinct.${value(operation.value)}`
    case 'text-search': {
      const language = operation.language === null ? '' : `(${operation.language})`
      return `${operation.operator}${language}.${value(operation.value)}`
    }
  }
}

function printCondition({ negated, operation }: Filter, value: (text: string) => string): string {
  return (negated ? 'not.' : '') + printOperation(operation, value)
}

/** The value of a filter. */
export function printFilter(filter: Filter): string {
  return printCondition(filter, (text) => text)
}

/** `and(…)`, `or(…)`, or a filter with its column. */
export function printLogic(tree: LogicTree): string {
  if (tree.kind === 'filter') return `${printField(tree.filter.field)}.${printCondition(tree.filter, quoted)}`
  return `${tree.negated ? 'not.' : ''}${tree.kind}(${tree.members.map(printLogic).join(',')})`
}

/** The value of `order`. */
export function printOrder(terms: readonly OrderTerm[]): string {
  return terms
    .map(({ field, relation, direction, nulls }) =>
      [
        relation === null ? printField(field) : `${printName(relation)}(${printField(field)})`,
        ...(direction === null ? [] : [direction]),
        ...(nulls === null ? [] : [`nulls${nulls}`]),
      ].join('.'),
    )
    .join(',')
}
