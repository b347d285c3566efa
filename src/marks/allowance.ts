import { UserError } from '../base/index.ts'
import { siteKinds } from './site-kinds.ts'
import { markGroups, type MarkGroup } from './site.ts'
import type { Role } from './roles.ts'

/**
 * What the recipient's manifest allows: groups of marks for every column, or per column (by its name in the source).
 * A column that the second form leaves out is not marked.
 */
export type Allowance = readonly MarkGroup[] | Readonly<Record<string, readonly MarkGroup[]>>

/** Groups allowed where nobody says otherwise: nothing that a program reads. */
export const defaultAllowance: readonly MarkGroup[] = ['spacing', 'punctuation', 'case']

/** The names of groups, checked. Throws a `UserError` naming the unknown one. */
export function markGroupsOf(names: readonly string[]): readonly MarkGroup[] {
  return names.map((name) => {
    const group = markGroups.find((one) => one === name.trim())
    if (group !== undefined) return group
    throw new UserError({
      code: 'mark-form-unknown',
      message: `"${name}" is no form of marks`,
      hint: `use ${markGroups.join(', ')}`,
      exitCode: 2,
    })
  })
}

/** The groups allowed in a column. */
export function allowedIn(allowance: Allowance, column: string): readonly MarkGroup[] {
  if (isList(allowance)) return allowance
  return Object.hasOwn(allowance, column) ? (allowance[column] ?? []) : []
}

/** Refuses an allowance for a column that the table does not have: a mistyped name would silently mark nothing. */
export function checkAllowance(allowance: Allowance, columns: readonly string[]): void {
  if (isList(allowance)) return
  const unknown = Object.keys(allowance).find((name) => !columns.includes(name))
  if (unknown === undefined) return
  throw new UserError({
    code: 'mark-column-unknown',
    message: `the forms allowed name the column ${JSON.stringify(unknown)}, which the extract does not have`,
    hint: `columns of the extract: ${columns.join(', ')}`,
  })
}

/** Names of the kinds of sites that a column of this role may carry, row by row. */
export function kindsFor(role: Role, groups: readonly MarkGroup[]): readonly string[] {
  if (role.kind !== 'text') return []
  return siteKinds.filter((kind) => groups.includes(kind.group) && kind.forms.includes(role.form)).map((kind) => kind.name)
}

function isList(allowance: Allowance): allowance is readonly MarkGroup[] {
  return Array.isArray(allowance)
}
