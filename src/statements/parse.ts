import { astVisitor, parse, type Expr, type From, type SelectFromStatement, type Statement } from 'pgsql-ast-parser'
import { bulkSubscribers, namesSubscribers, namesTime, type StatementReading, type StatementValue } from './reading.ts'
import { isCatalogue } from './scan.ts'

type Named = StatementReading['subscribers'][number]
type Window = NonNullable<StatementReading['window']>

interface Gathered {
  readonly tables: Set<string>
  readonly fields: Set<string>
  readonly named: Named[]
  readonly withNames: Set<string>
  window: Window | undefined
  unbound: boolean
}

/** Reads one statement by grammar; undefined when the parser does not know it. Never throws. */
export function parseStatement(text: string): StatementReading | undefined {
  let statements: Statement[]
  try {
    statements = parse(text)
  } catch {
    return undefined
  }
  const gathered: Gathered = {
    tables: new Set(),
    fields: new Set(),
    named: [],
    withNames: new Set(),
    window: undefined,
    unbound: false,
  }
  const visitor = astVisitor(() => ({ tableRef: (table) => void gathered.tables.add(tableName(table)) }))
  for (const statement of statements) {
    if (!gatherStatement(statement, gathered)) return undefined
    visitor.statement(statement)
  }
  const tables = [...gathered.tables].filter((table) => !isCatalogue(table) && !gathered.withNames.has(table)).sort()
  const { window } = gathered
  return {
    basis: 'parsed',
    command: (statements[0]?.type ?? '').toUpperCase(),
    tables,
    subscribers: gathered.named,
    fields: [...gathered.fields].sort(),
    ...(window === undefined ? {} : { window }),
    bulk: tables.length > 0 && (gathered.unbound || gathered.named.length > bulkSubscribers),
  }
}

/** Statements that return no rows of tables. */
const quiet = new Set<string>([
  'values',
  'begin',
  'commit',
  'rollback',
  'start transaction',
  'set',
  'set timezone',
  'set names',
  'show',
])

/** False for statements whose reach is not modelled here. */
function gatherStatement(statement: Statement, into: Gathered): boolean {
  const { type } = statement
  if (type === 'select') gatherSelect(statement, into)
  else if (type === 'union' || type === 'union all')
    return gatherStatement(statement.left, into) && gatherStatement(statement.right, into)
  else if (type === 'with') {
    for (const { alias } of statement.bind) into.withNames.add(alias.name)
    return statement.bind.every((bind) => gatherStatement(bind.statement, into)) && gatherStatement(statement.in, into)
  } else if (type === 'update' || type === 'delete') {
    gatherWhere(statement.where, into)
    for (const column of statement.returning ?? []) gatherField(column.expr, into)
    // A change returns rows only where it says so.
    if ((statement.returning ?? []).length > 0 && into.named.length === 0) into.unbound = true
  } else if (type === 'insert') return gatherStatement(statement.insert, into)
  else return quiet.has(type)
  return true
}

function gatherSelect(select: SelectFromStatement, into: Gathered): void {
  let ownTables = 0
  const before = into.named.length
  for (const from of select.from ?? []) ownTables += gatherFrom(from, into)
  for (const column of select.columns ?? []) gatherField(column.expr, into)
  gatherWhere(select.where, into)
  const counts = aggregatesOnly(select)
  if (ownTables > 0 && !counts && into.named.length === before) into.unbound = true
}

/** Sums over subscribers: aggregates alone, or beside groups that name nobody. */
function aggregatesOnly(select: SelectFromStatement): boolean {
  const columns = select.columns ?? []
  if (!columns.some(({ expr }) => isAggregate(expr))) return false
  const grouped = (select.groupBy ?? []).length > 0
  return columns.every(({ expr }) => {
    if (isAggregate(expr)) return true
    const refs: Gathered = {
      tables: new Set(),
      fields: new Set(),
      named: [],
      withNames: new Set(),
      window: undefined,
      unbound: false,
    }
    gatherField(expr, refs)
    return grouped && ![...refs.fields].some((field) => field === '*' || namesSubscribers(field))
  })
}

/** Gives the number of real tables. */
function gatherFrom(from: From, into: Gathered): number {
  if (from.type === 'statement') {
    gatherStatement(from.statement, into)
    return 0
  }
  if (from.join?.on !== undefined && from.join.on !== null) gatherWhere(from.join.on, into)
  if (from.type !== 'table') return 0
  const name = tableName(from.name)
  return into.withNames.has(name) || isCatalogue(name) ? 0 : 1
}

function tableName(table: { name: string; schema?: string }): string {
  return (table.schema === undefined ? table.name : `${table.schema}.${table.name}`).toLowerCase()
}

function gatherField(expr: Expr, into: Gathered): void {
  if (expr.type === 'ref') into.fields.add(expr.name.toLowerCase())
  else if (expr.type === 'call') for (const argument of expr.args) gatherField(argument, into)
  else if (expr.type === 'cast') gatherField(expr.operand, into)
  else if (expr.type === 'binary') {
    gatherField(expr.left, into)
    gatherField(expr.right, into)
  }
}

const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max', 'bool_or', 'bool_and', 'exists'])

function isAggregate(expr: Expr): boolean {
  if (expr.type === 'cast') return isAggregate(expr.operand)
  // min and max of an identifier give a subscriber away.
  return (
    expr.type === 'call' &&
    aggregates.has(expr.function.name.toLowerCase()) &&
    (expr.function.name.toLowerCase() === 'count' ||
      !expr.args.some((argument) => argument.type === 'ref' && namesSubscribers(argument.name)))
  )
}

function gatherWhere(where: Expr | null | undefined, into: Gathered): void {
  if (where === null || where === undefined) return
  for (const one of bound(where)) into.named.push(one)
  gatherWindow(where, into)
}

/** Subscribers that every row meeting the condition belongs to. */
function bound(expr: Expr): Named[] {
  if (expr.type !== 'binary') return []
  if (expr.op === 'AND') return [...bound(expr.left), ...bound(expr.right)]
  if (expr.op === 'OR') {
    const left = bound(expr.left)
    const right = bound(expr.right)
    return left.length > 0 && right.length > 0 ? [...left, ...right] : []
  }
  const field = fieldOf(expr.left) ?? (expr.op === '=' ? fieldOf(expr.right) : undefined)
  if (field === undefined || !namesSubscribers(field)) return []
  const other = fieldOf(expr.left) === undefined ? expr.left : expr.right
  if (expr.op !== '=' && expr.op !== 'IN') return []
  return valuesOf(other).map((value) => ({ field: field.toLowerCase(), value }))
}

function fieldOf(expr: Expr): string | undefined {
  if (expr.type === 'ref') return expr.name
  return expr.type === 'cast' ? fieldOf(expr.operand) : undefined
}

function valuesOf(expr: Expr): StatementValue[] {
  if (expr.type === 'string') return [{ kind: 'literal', text: expr.value }]
  if (expr.type === 'integer' || expr.type === 'numeric') return [{ kind: 'literal', text: String(expr.value) }]
  if (expr.type === 'parameter')
    return /^\$\d{1,9}$/.test(expr.name) ? [{ kind: 'parameter', index: Number(expr.name.slice(1)) }] : []
  if (expr.type === 'cast') return valuesOf(expr.operand)
  if (expr.type === 'list' || expr.type === 'array') return expr.expressions.flatMap(valuesOf)
  return expr.type === 'call' && expr.function.name.toLowerCase() === 'any' ? expr.args.flatMap(valuesOf) : []
}

function gatherWindow(expr: Expr, into: Gathered): void {
  if (expr.type === 'binary' && expr.op === 'AND') {
    gatherWindow(expr.left, into)
    gatherWindow(expr.right, into)
  } else if (expr.type === 'ternary' && expr.op === 'BETWEEN')
    addBounds(into, fieldOf(expr.value), { from: valuesOf(expr.lo)[0], to: valuesOf(expr.hi)[0] })
  else if (expr.type === 'binary' && (expr.op === '>=' || expr.op === '>'))
    addBounds(into, fieldOf(expr.left), { from: valuesOf(expr.right)[0] })
  else if (expr.type === 'binary' && (expr.op === '<=' || expr.op === '<'))
    addBounds(into, fieldOf(expr.left), { to: valuesOf(expr.right)[0] })
}

function addBounds(
  into: Gathered,
  field: string | undefined,
  bounds: { from?: StatementValue | undefined; to?: StatementValue | undefined },
): void {
  if (field === undefined || !namesTime(field)) return
  const name = field.toLowerCase()
  if (into.window !== undefined && into.window.field !== name) return
  const from = bounds.from ?? into.window?.from
  const to = bounds.to ?? into.window?.to
  into.window = { field: name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
