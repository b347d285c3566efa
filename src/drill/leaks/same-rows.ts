import type { CopyRow } from './extract.ts'
import type { LeakField, LeakRecord } from './fields.ts'
import type { World, WorldCopy } from './world.ts'

/** The fields of a list that a copy has, in the copy's order. */
export function common(copy: WorldCopy, fields: readonly LeakField[]): LeakField[] {
  return copy.plan.columns.map(({ field }) => field).filter((field) => fields.includes(field))
}

/** Are two records equal in all the fields? */
export function equal(a: LeakRecord | undefined, b: LeakRecord | undefined, fields: readonly LeakField[]): boolean {
  return a !== undefined && b !== undefined && fields.every((field) => (a[field] ?? '') === (b[field] ?? ''))
}

/** Registered copies and leaks, except the sources, that hold every one of the rows with equal values in the fields. */
export function twinsOf(
  world: World,
  {
    rows,
    fields,
    except,
  }: { readonly rows: readonly CopyRow[]; readonly fields: readonly LeakField[]; readonly except: readonly string[] },
): string[] {
  return [...world.extracts, ...world.leaks]
    .filter((copy) => copy.registered && !except.includes(copy.declared.id) && common(copy, fields).length === fields.length)
    .filter((copy) => rows.every(({ customer, record }) => equal(copy.rows[copy.at.get(customer) ?? -1]?.record, record, fields)))
    .map((copy) => copy.declared.id)
}
