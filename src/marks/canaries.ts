import { invariant, UserError } from '../base/index.ts'
import { canonical, tokenOf, type TokenKey } from '../persons/index.ts'
import { logChoose } from './chance.ts'
import type { MarksKey } from './marks-key.ts'
import type { ExtractPlan } from './plan.ts'
import { shortToken } from './row-key.ts'

/** A row that nobody but this recipient gets; `values` are in the order of the source, `behind` counts rows of the source. */
export interface CanaryRow {
  readonly behind: number
  readonly values: readonly string[]
  readonly tokens: readonly string[]
}

/**
 * Canary rows of one extract from a table of numbers the operator owns. Cells the table gives are taken as they are; names, addresses,
 * dates and codes it leaves out are put together from several rows of the source; identifiers it leaves out stay empty, for an
 * invented one could be somebody's. Numbers that another extract has (`used`) are passed over: one set per recipient and extract.
 */
export function canaryRows(options: {
  readonly owned: { readonly columns: readonly string[]; readonly rows: readonly { readonly values: readonly string[] }[] }
  readonly plan: ExtractPlan
  readonly count: number
  readonly used: ReadonlySet<string>
  readonly key: MarksKey
  readonly tokens: TokenKey
}): { readonly rows: readonly CanaryRow[]; readonly emptyColumns: readonly string[] } {
  const { owned, plan, count, used, key, tokens } = options
  const number = plan.identifiers[0]
  if (number === undefined) throw noIdentifier()
  const column = (name: string): number => (owned.columns.length === 1 && name === number.name ? 0 : owned.columns.indexOf(name))
  if (column(number.name) < 0)
    throw new UserError({
      code: 'canary-column-missing',
      message: `the file of canary numbers has no column ${JSON.stringify(number.name)}`,
      hint: 'give one number a line, or a table with the columns of the source',
    })
  const country = plan.country === undefined ? {} : { country: plan.country }
  const fresh = owned.rows.flatMap((row) => {
    const ids = plan.identifiers.flatMap(({ name, identifier }) => {
      const at = column(name)
      const form = at < 0 ? undefined : canonical(identifier, row.values[at] ?? '', country)
      return form === undefined ? [] : [shortToken(tokenOf(tokens, identifier, form))]
    })
    return ids.length === 0 || ids.some((one) => used.has(one)) ? [] : [{ row, ids }]
  })
  if (fresh.length < count)
    throw new UserError({
      code: 'canary-numbers-short',
      message: `the file of canary numbers has ${fresh.length} that no other extract has; ${count} are needed`,
      hint: 'add numbers the operator owns, or ask for fewer with --canary-count',
    })
  const width = Math.max(...plan.columns.map((one) => one.at)) + 1
  const rows = fresh.slice(0, count).map(({ row, ids }, n): CanaryRow => {
    const draw = (what: string): number => key.draw('mark:canary', [plan.holder, plan.extract, String(n), what].join('\u001e'))[0]
    const values = Array.from({ length: width }).fill('') as string[]
    for (const one of plan.columns) {
      const at = column(one.name)
      values[one.at] = at >= 0 ? (row.values[at] ?? '') : filler(plan, one, draw)
    }
    return { behind: Math.floor(draw('place') * (plan.rows + 1)), values, tokens: ids }
  })
  const emptyColumns = plan.columns.flatMap(({ name, role }) =>
    column(name) < 0 && (role.kind === 'identifier' || role.kind === 'other') ? [name] : [],
  )
  return { rows: rows.toSorted((a, b) => a.behind - b.behind), emptyColumns }
}

/** Chance that a random sample of `sample` rows of an extract of `rows` rows shows at least one of its canaries: 1 - C(rows-k, n)/C(rows, n). */
export function chanceOfCanary(options: { readonly rows: number; readonly canaries: number; readonly sample: number }): number {
  const { rows, canaries } = options
  const sample = Math.min(options.sample, rows)
  if (canaries === 0 || rows === 0) return 0
  return 1 - Math.exp(logChoose(rows - canaries, sample) - logChoose(rows, sample))
}

function filler(plan: ExtractPlan, column: ExtractPlan['columns'][number], draw: (what: string) => number): string {
  const from = (what: string): string => {
    const rows = plan.head
    invariant(rows.length > 0, 'canaries are filled from rows')
    return rows[Math.floor(draw(`${column.name} ${what}`) * rows.length)]?.values[column.at] ?? ''
  }
  switch (column.role.kind) {
    case 'text': {
      const begin = from('begin').trim().split(/\s+/)
      const end = from('end').trim().split(/\s+/)
      return [...begin.slice(0, Math.ceil(begin.length / 2)), ...end.slice(Math.ceil(end.length / 2))].join(' ')
    }
    case 'date':
    case 'code':
      return from('whole')
    case 'identifier':
    case 'other':
      return ''
  }
}

function noIdentifier(): UserError {
  return new UserError({
    code: 'canary-no-identifier',
    message: 'the source has no column of identifiers that a canary could stand in',
    hint: 'name it with --map, for instance {"line": "msisdn"}',
  })
}
