// Reads the import statements of `src/` and `web/` and says which break the floors; draws the rooms for the docs.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { aside, floors, packageOwners, rivers } from './floors.ts'

/** One import statement: from file to file or package, as written. */
interface Import {
  readonly from: string
  readonly line: number
  readonly specifier: string
  readonly typeOnly: boolean
}

/** An import that breaks a rule, and which. */
export interface Violation {
  readonly where: string
  readonly what: string
}

/** Every TypeScript file under a folder, sorted. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return sourceFiles(path)
      return /\.tsx?$/.test(name) ? [path] : []
    })
}

const statement =
  /^\s*(?:import|export)\b([^'"]*?)\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(statement)].map((match) => ({
    from: file,
    line: text.slice(0, match.index).split('\n').length,
    specifier: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: /^\s*type\b/.test(match[1] ?? ''),
  }))
}

function floorOf(room: string): number | undefined {
  return floors.find(([, rooms]) => rooms.includes(room))?.[0]
}

/** All broken rules of a checkout: floors, doors, rivers, packages, cycles between files. */
export function violations(root: string): Violation[] {
  const source = join(root, 'src')
  const web = join(root, 'web')
  const files = sourceFiles(source)
  const edges = files.flatMap(importsOf)
  const found: Violation[] = []
  const roomOf = (file: string): string => relative(source, file).split('/')[0] ?? ''
  for (const edge of edges) {
    const where = `${relative(root, edge.from)}:${edge.line}`
    const room = roomOf(edge.from)
    if (!edge.specifier.startsWith('.')) {
      const owners = Object.entries(packageOwners).find(
        ([name]) => edge.specifier === name || edge.specifier.startsWith(`${name}/`),
      )?.[1]
      if (owners !== undefined && !owners.includes(room))
        found.push({ where, what: `${edge.specifier} belongs to ${owners.join(', ')}` })
      continue
    }
    const target = resolve(dirname(edge.from), edge.specifier)
    const other = roomOf(target)
    if (other === room) continue
    found.push(...crossing({ where, room, other, target: relative(source, target) }))
  }
  for (const edge of sourceFiles(web).flatMap(importsOf)) {
    const target = resolve(dirname(edge.from), edge.specifier)
    if (!edge.specifier.startsWith('.') || target.startsWith(`${web}/`)) continue
    const allowed = edge.typeOnly && relative(source, target) === 'server/api.ts'
    if (!allowed)
      found.push({ where: `${relative(root, edge.from)}:${edge.line}`, what: 'the page imports only types of src/server/api.ts' })
  }
  return [...found, ...cycles(files, edges, root)]
}

function crossing({ where, room, other, target }: { where: string; room: string; other: string; target: string }): Violation[] {
  const found: Violation[] = []
  if (target !== `${other}/index.ts`) found.push({ where, what: `reaches past the door of ${other}` })
  const outside = aside[room] ?? aside[other]
  if (outside !== undefined) {
    const fine = aside[room] === undefined ? outside.importedBy.includes(room) : outside.mayImport.includes(other)
    return fine ? found : [...found, { where, what: `${room} may not import ${other}` }]
  }
  const from = floorOf(room)
  const to = floorOf(other)
  if (from === undefined || to === undefined) found.push({ where, what: `${from === undefined ? room : other} is on no floor` })
  else if (to >= from) found.push({ where, what: `${room} (floor ${from}) imports ${other} (floor ${to})` })
  const sides = Object.values(rivers) as readonly (readonly string[])[]
  if (sides.some((side) => side.includes(room)) && sides.some((side) => side.includes(other)))
    if (!sides.some((side) => side.includes(room) && side.includes(other)))
      found.push({ where, what: `${room} and ${other} stand on different rivers` })
  return found
}

function cycles(files: readonly string[], edges: readonly Import[], root: string): Violation[] {
  const next = new Map<string, string[]>(files.map((file) => [file, []]))
  for (const edge of edges)
    if (edge.specifier.startsWith('.')) next.get(edge.from)?.push(resolve(dirname(edge.from), edge.specifier))
  const state = new Map<string, 'open' | 'done'>()
  const found: Violation[] = []
  const walk = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      const ring = [...path.slice(path.indexOf(file)), file].map((one) => relative(root, one))
      found.push({ where: ring[0] ?? '', what: `import cycle ${ring.join(' -> ')}` })
      return
    }
    state.set(file, 'open')
    for (const target of next.get(file) ?? []) if (next.has(target)) walk(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) walk(file, [])
  return found
}

/** The rooms as text: floors from top to bottom, each room with what it imports. */
export function picture(root: string): string {
  const source = join(root, 'src')
  const imported = new Map<string, Set<string>>()
  for (const file of sourceFiles(source)) {
    const room = relative(source, file).split('/')[0] ?? ''
    for (const edge of importsOf(file)) {
      if (!edge.specifier.startsWith('.')) continue
      const other = relative(source, resolve(dirname(file), edge.specifier)).split('/')[0] ?? ''
      if (other !== room) imported.set(room, (imported.get(room) ?? new Set()).add(other))
    }
  }
  const lines = floors
    .toReversed()
    .flatMap(([floor, rooms, what]) => [
      `${String(floor).padStart(2)}  ${what}`,
      ...rooms.map(
        (room) => `      ${room.padEnd(11)} <- ${[...(imported.get(room) ?? [])].sort().join(' ') || '(nothing of ours)'}`,
      ),
    ])
  const outside = Object.keys(aside).map(
    (room) => `      ${room.padEnd(11)} <- ${[...(imported.get(room) ?? [])].sort().join(' ')}`,
  )
  return ['```text', ...lines, ' -  beside the floors', ...outside, '```'].join('\n')
}
