import type { Cell } from './cell.ts'
import { isValue } from './value.ts'

/** Which cells stand in the body of a table, and which are headings of its columns. */
export interface Tables {
  readonly heads: ReadonlySet<Cell>
  readonly body: ReadonlySet<Cell>
}

/**
 * Finds tables by their columns: a row of which two cells or more have cells right below them, at the same left edge, twice. The first
 * such row is the heading; all rows below it at about the same distance are the body.
 */
export function tablesIn(cells: readonly Cell[]): Tables {
  const rows: Cell[][] = []
  for (const cell of cells) (rows[cell.row] ??= []).push(cell)
  const heads = new Set<Cell>()
  const body = new Set<Cell>()
  for (let at = 0; at < rows.length; at++) {
    const table = tableFrom(rows, at)
    if (table === undefined) continue
    for (const cell of table.heads) heads.add(cell)
    for (const cell of table.body) body.add(cell)
    at = table.last
  }
  return { heads, body }
}

/** Rows that one looks ahead for a cell below another: a menu beside the table puts rows of its own between. */
const ahead = 4

function tableFrom(rows: readonly (readonly Cell[])[], at: number): { heads: Cell[]; body: Cell[]; last: number } | undefined {
  const top = rows[at] ?? []
  const depths = top.map((cell) => ({ cell, depth: depthBelow(rows, cell) }))
  const heads = depths.filter(({ depth }) => depth >= 2).map(({ cell }) => cell)
  // Two columns alone may be a menu beside cards: they have to go further down.
  if (heads.length < 3 && depths.filter(({ depth }) => depth >= 3).length < 2) return undefined
  if (heads.every((cell) => isValue(cell.text))) return undefined
  const left = Math.min(...heads.map((cell) => cell.region.x)) - 12
  const inside = (cell: Cell): boolean => cell.region.x >= left
  const body: Cell[] = []
  let last = at
  let bottom = Math.max(...heads.map((cell) => cell.region.y))
  let pitch = 0
  for (let next = at + 1; next < rows.length; next++) {
    const row = (rows[next] ?? []).filter(inside)
    const aligned = row.filter((cell) => top.some((head) => inside(head) && isBelow(cell, head)))
    if (aligned.length === 0) continue
    const y = aligned[0]?.region.y ?? 0
    const step = y - bottom
    if (pitch > 0 ? step > pitch * 1.9 : step > tallest(heads) * 5) break
    pitch = Math.max(pitch, step)
    bottom = y
    body.push(...row)
    last = next
  }
  const lines = [...Map.groupBy(body, (cell) => cell.row).values()]
  const valued = lines.map((line) => line.some((cell) => isValue(cell.text)))
  // A menu or headings above the heading row: its first row below is words alone, all further rows hold values.
  if ((lines[0]?.length ?? 0) > 1 && valued[0] === false && valued.slice(1).filter(Boolean).length * 2 > lines.length - 1)
    return undefined
  return lines.length >= 2 && valued.includes(true) ? { heads: top.filter(inside), body, last } : undefined
}

/** How many cells follow right below each other, up to three. */
function depthBelow(rows: readonly (readonly Cell[])[], cell: Cell): number {
  let depth = 0
  for (let next = below(rows, cell); next !== undefined && depth < 3; next = below(rows, next)) depth += 1
  return depth
}

/** The next cell below at the same left edge. */
function below(rows: readonly (readonly Cell[])[], cell: Cell): Cell | undefined {
  for (let next = cell.row + 1; next <= cell.row + ahead; next++) {
    const found = (rows[next] ?? []).find((one) => isBelow(one, cell))
    if (found !== undefined) return found.region.y - cell.region.y <= Math.max(10, cell.region.height) * 4.5 ? found : undefined
  }
  return undefined
}

function isBelow(cell: Cell, head: Cell): boolean {
  return Math.abs(cell.region.x - head.region.x) <= Math.max(5, Math.min(cell.region.height, head.region.height) * 0.5)
}

function tallest(cells: readonly Cell[]): number {
  return Math.max(...cells.map((cell) => cell.region.height))
}
