// What of SQL is known to read nothing but its arguments, or of whoever asks no more than is said here.

/** Nodes that read nothing beyond what stands in them. */
export const TRANSPARENT: ReadonlySet<string> = new Set([
  'A_ArrayExpr',
  'A_Const',
  'A_Expr',
  'BoolExpr',
  'BooleanTest',
  'Boolean',
  'CaseExpr',
  'CaseWhen',
  'CoalesceExpr',
  'ColumnRef',
  'FuncCall',
  'Integer',
  'List',
  'NullTest',
  'ResTarget',
  'SelectStmt',
  'String',
  'SubLink',
  'TypeCast',
  'TypeName',
])

/** Functions of `pg_catalog` whose value is their arguments' alone. */
export const PURE: ReadonlySet<string> = new Set([
  'btrim',
  'concat',
  'concat_ws',
  'jsonb_array_length',
  'jsonb_exists',
  'jsonb_typeof',
  'left',
  'length',
  'like_escape',
  'lower',
  'ltrim',
  'replace',
  'right',
  'rtrim',
  'split_part',
  'starts_with',
  'strpos',
  'substr',
  'substring',
  'upper',
])

/** Types of `pg_catalog` whose values are made of text alone: no clock, no setting, no table. */
export const PLAIN_TYPES: ReadonlySet<string> = new Set([
  'bool',
  'bpchar',
  'int2',
  'int4',
  'int8',
  'json',
  'jsonb',
  'name',
  'numeric',
  'text',
  'uuid',
  'varchar',
])

/** Of schema `auth` and `realtime`, as the bootstrap makes them: the claims they read. */
export const OWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['auth.uid', ['sub']],
  ['auth.email', ['email']],
  ['auth.role', []],
  ['realtime.topic', []],
])

/** Settings that hold no claims but the one they name. */
export const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['realtime.topic', []],
  ['request.jwt.claim.sub', ['sub']],
  ['request.jwt.claim.role', []],
])
