import type { PictureReading } from '../../formats/index.ts'
import { cellsOf, type Cell, type Region } from './cell.ts'
import { hostsIn, type ShownHost } from './host.ts'
import { lookAlikeHost } from './look-alike.ts'
import { programsIn } from './program.ts'
import { withSiblings } from './siblings.ts'
import { tablesIn } from './table.ts'
import { clockParts, isValue } from './value.ts'

/** Something that stands in a picture, where, and how sure the reader is of it (0 to 100). */
export interface Shown {
  readonly text: string
  readonly region: Region
  readonly certainty: number
}

/** A text of the program: `column` = heading of a table's column, `field` = before a value, `other` = menu, card, button, heading. */
export interface ShownLabel extends Shown {
  readonly as: 'column' | 'field' | 'other'
}

/** What a picture of a screen shows. `values` are data of persons as a rule: whoever prints them shows their shape alone. */
export interface PictureShown {
  readonly title?: Shown
  readonly programs: readonly Shown[]
  readonly hosts: readonly ShownHost[]
  readonly users: readonly Shown[]
  readonly labels: readonly ShownLabel[]
  readonly values: readonly Shown[]
  /** The clock that is drawn in the picture, as it stands there; its zone is not known. */
  readonly clock?: Shown
}

/** Addresses of pages stand among the hosts. */
const isUrl = /^(?:https?|hxxps?|ftp):?\/{1,2}\S+$/i

const signedIn =
  /^(?:signed in(?: as)?|logged in(?: as)?|logged on as|current user|user ?name|user|login|operator|log masuk sebagai|pengguna)$/i

/** Reads what is shown out of the words of a picture. `hosts`: names of ours, which are also met when they stand alone and short. */
export function shownIn(
  reading: Pick<PictureReading, 'words' | 'width' | 'height'>,
  options: { readonly hosts?: readonly string[] } = {},
): PictureShown {
  const cells = cellsOf(reading)
  const { heads, body } = tablesIn(cells)
  const title = titleOf(cells, { body, height: reading.height })
  const known = knownHosts(options.hosts ?? [])
  const labels: ShownLabel[] = []
  const values: Shown[] = []
  const users: Shown[] = []
  const clocks: Cell[] = []
  for (const [at, cell] of cells.entries()) {
    if (cell === title) continue
    const left = cells[at - 1]
    const before = left !== undefined && stands(left, cell) ? left : undefined
    const [, field = '', rest = ''] = body.has(cell) ? [] : (/^([^:]{1,80}):(?: (.*))?$/.exec(cell.text) ?? [])
    const parts = clockParts(cell.text)
    if (body.has(cell)) values.push(cell)
    else if (field !== '' && /\p{L}/u.test(field) && !/^(?:https?|hxxps?|ftp)$/i.test(field) && !isValue(field)) {
      labels.push({ ...cell, text: field.trim(), as: 'field' })
      if (rest !== '') (signedIn.test(field.trim()) ? users : values).push({ ...cell, text: rest.trim() })
    } else if (parts.time && (parts.date || atEdge(cell, reading.height))) clocks.push(cell)
    else if (before !== undefined) (signedIn.test(before.text.slice(0, -1).trim()) ? users : values).push(cell)
    else if (isUrl.test(cell.text)) continue
    else if (isValue(cell.text) || isUnderField(cells, at)) values.push(cell)
    else if (isWords(cell)) labels.push({ ...cell, as: heads.has(cell) ? 'column' : 'other' })
  }
  const clock = clocks.toSorted((a, b) => edge(a, reading.height) - edge(b, reading.height))[0]
  return {
    ...(title === undefined ? {} : { title: plain(title) }),
    programs: cells
      .filter((cell) => !body.has(cell))
      .flatMap((cell) => programsIn(cell.text).map((text) => ({ ...plain(cell), text }))),
    hosts: withSiblings(once(cells.flatMap((cell) => hostsIn(cell, known)))),
    users: users.map(plain),
    labels: labels.map((one) => ({ ...plain(one), as: one.as })),
    values: values.map(plain),
    ...(clock === undefined ? {} : { clock: plain(clock) }),
  }
}

/** Is the first a field's name with its colon, the second what stands to its right? */
function stands(field: Cell, cell: Cell): boolean {
  const apart = Math.abs(field.region.y + field.region.height / 2 - cell.region.y - cell.region.height / 2)
  return (
    field.text.endsWith(':') && field.region.x < cell.region.x && apart < Math.max(field.region.height, cell.region.height) * 0.7
  )
}

/** Does the cell stand right below a field's name with its colon, which has nothing to its right? */
function isUnderField(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]
  if (cell === undefined) return false
  for (let up = at - 1; up >= Math.max(0, at - 60); up--) {
    const field = cells[up]
    if (field === undefined || field.row < cell.row - 2) return false
    const gap = cell.region.y - field.region.y - field.region.height
    if (!field.text.endsWith(':') || Math.abs(field.region.x - cell.region.x) > Math.max(5, cell.region.height * 0.5)) continue
    const next = cells[up + 1]
    return gap > 0 && gap < cell.region.height * 2.5 && (next === undefined || !stands(field, next) || next.text.endsWith(':'))
  }
  return false
}

/** The tallest words of the upper fifth; of equals the first. */
function titleOf(cells: readonly Cell[], where: { readonly body: ReadonlySet<Cell>; readonly height: number }): Cell | undefined {
  const upper = cells.filter(
    (cell) =>
      cell.region.y < where.height / 5 &&
      !where.body.has(cell) &&
      !isValue(cell.text) &&
      isWords(cell) &&
      !cell.text.includes(':'),
  )
  const tall = Math.max(0, ...upper.map((cell) => cell.region.height))
  const first = upper.find((cell) => cell.region.height >= tall * 0.85)
  return first !== undefined && cells.some((cell) => cell.region.height * 1.15 < first.region.height) ? first : undefined
}

/** At least one word of three letters, or all capitals (`IP`, `ID`). */
function isWords(cell: Cell): boolean {
  return cell.certainty >= 30 && (/\p{L}{3}/u.test(cell.text) || /^\p{Lu}{2}/u.test(cell.text))
}

function atEdge(cell: Cell, height: number): boolean {
  return edge(cell, height) < height * 0.08
}

function edge(cell: Cell, height: number): number {
  return Math.min(cell.region.y, height - cell.region.y - cell.region.height)
}

function knownHosts(names: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const name of names) {
    const short = name.split('.')[0] ?? ''
    if (short.length > 2 && /[\d-]/.test(short)) known.set(lookAlikeHost(short), name)
  }
  for (const name of names) known.set(lookAlikeHost(name), name)
  return known
}

/** Each host once, at its surest place. */
function once(hosts: readonly ShownHost[]): ShownHost[] {
  const best = new Map<string, ShownHost>()
  for (const one of hosts) {
    const before = best.get(`${one.kind} ${one.text}`)
    if (before === undefined || (before.inUrl !== true && (one.inUrl === true || before.certainty < one.certainty)))
      best.set(`${one.kind} ${one.text}`, one)
  }
  return [...best.values()]
}

function plain({ text, region, certainty }: Shown): Shown {
  return { text, region, certainty }
}
