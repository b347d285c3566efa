import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { sevenZipBytes } from '../formats/seven-zip-bytes.ts'
import { xlsx } from '../formats/xlsx-bytes.ts'
import { sources, writtenByOrbis, type World } from './bad-input-world.ts'
import { some } from './subscribers.ts'

const share = z.number().min(0).max(1)

/** How a sample is made: rows of which copies, what is done to them in order, how they are written and packed. */
export const recipeShape = z.strictObject({
  about: z.string(),
  rows: z.array(z.strictObject({ of: z.enum(sources), count: z.int().positive(), seed: z.int() })),
  columns: z.array(z.string()).min(1),
  done: z
    .array(
      z.discriminatedUnion('do', [
        z.strictObject({ do: z.literal('scientific'), column: z.string() }),
        z.strictObject({ do: z.literal('shift'), from: share }),
        z.strictObject({ do: z.literal('repeat'), times: z.int() }),
        z.strictObject({ do: z.literal('exchange'), columns: z.tuple([z.string(), z.string()]), every: z.int() }),
        z.strictObject({ do: z.literal('recombine'), columns: z.array(z.string()) }),
        z.strictObject({ do: z.literal('widen'), to: z.int() }),
        z.strictObject({ do: z.literal('accents'), column: z.string() }),
        z.strictObject({ do: z.literal('as-orbis') }),
        z.strictObject({ do: z.literal('titles'), lines: z.array(z.string()) }),
        z.strictObject({ do: z.literal('header-at'), row: z.int() }),
        z.strictObject({ do: z.literal('rows-delimited-by'), delimiter: z.string(), from: share }),
      ]),
    )
    .default([]),
  written: z
    .strictObject({
      as: z.enum(['csv', 'sql-dump', 'json-array', 'xlsx', 'free-text']).default('csv'),
      header: z.union([z.array(z.string()), z.literal(false)]).optional(),
      delimiter: z.string().default(','),
      lineEnd: z.string().default('\n'),
    })
    .prefault({}),
  packed: z.strictObject({ as: z.enum(['gz', 'zip', '7z']), password: z.string().optional() }).optional(),
})

type Recipe = z.infer<typeof recipeShape>

/** The bytes of the sample, and the name of its file. */
export async function cooked(recipe: Recipe, world: World): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const plain = written(recipe, rowsOf(recipe, world))
  if (recipe.packed === undefined) return plain
  const { as, password } = recipe.packed
  if (as === 'gz') return { name: `${plain.name}.gz`, bytes: gzipSync(plain.bytes) }
  const args = [...(as === 'zip' ? ['-tzip'] : []), ...(password === undefined ? [] : [`-p${password}`])]
  return { name: `sample.${as}`, bytes: await sevenZipBytes({ [`pack/${plain.name}`]: plain.bytes }, args) }
}

/** Header first. */
function rowsOf(recipe: Recipe, { rowsOf: rowsFrom }: World): string[][] {
  const { columns, done, written: form } = recipe
  const orbis = done.some((deed) => deed.do === 'as-orbis')
  const records = recipe.rows.flatMap(({ of, count, seed }) => some(rowsFrom(of), count, seed))
  let header = form.header === false ? [] : [...(form.header ?? columns)]
  let rows = records
    .map((cells) => (orbis ? writtenByOrbis(cells) : cells))
    .map((cells) => columns.map((column) => cells[column] ?? ''))
  const at = (column: string): number => columns.indexOf(column)
  for (const deed of done) {
    switch (deed.do) {
      case 'scientific':
        rows = rows.map((row) => row.with(at(deed.column), spreadsheet(row[at(deed.column)] ?? '')))
        break
      case 'shift':
        rows = rows.map((row, n) => (n < rows.length * deed.from ? row : ['', ...row]))
        break
      case 'repeat':
        rows = Array.from({ length: deed.times }, () => rows).flat()
        break
      case 'exchange': {
        const [a, b] = deed.columns.map(at) as [number, number]
        rows = rows.map((row, n) => (n % deed.every === 0 ? row.with(a, row[b] ?? '').with(b, row[a] ?? '') : row))
        break
      }
      case 'recombine':
        // Every column is moved on by another number of rows: real values that never stood side by side.
        rows = rows.map((row, n) =>
          row.map((value, column) => {
            const place = deed.columns.indexOf(columns[column] ?? '')
            return place < 0 ? value : (rows[(n + 7 * (place + 1)) % rows.length]?.[column] ?? '')
          }),
        )
        break
      case 'widen':
        header = [...header, ...Array.from({ length: deed.to - header.length }, (_, n) => `attr_${n}`)]
        rows = rows.map((row, n) => [...row, ...Array.from({ length: deed.to - row.length }, (_, m) => String((n + m) % 10))])
        break
      case 'accents':
        rows = rows.map((row) => row.with(at(deed.column), (row[at(deed.column)] ?? '').replaceAll('e', 'é')))
        break
      default:
        break
    }
  }
  return [header, ...rows]
}

/** `60123456789` as a spreadsheet shows it: `6.01235E+10`. */
function spreadsheet(number: string): string {
  const [mantissa = '', exponent = ''] = Number(number).toExponential(5).split('e+')
  return `${mantissa}E+${exponent.padStart(2, '0')}`
}

function written(recipe: Recipe, [header = [], ...rows]: string[][]): { readonly name: string; readonly bytes: Uint8Array } {
  const { written: form, done } = recipe
  switch (form.as) {
    case 'csv':
      return { name: 'sample.csv', bytes: delimited(recipe, header, rows) }
    case 'sql-dump': {
      const values = rows.map((row) => `(${row.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`)
      const names = header.map((name) => `\`${name}\``).join(',')
      return named('sample.sql', `-- MySQL dump 10.13\nINSERT INTO \`subs\` (${names}) VALUES\n${values.join(',\n')};\n`)
    }
    case 'json-array': {
      const records = rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])))
      return named('sample.json', JSON.stringify(records, undefined, 2))
    }
    case 'xlsx':
      return { name: 'sample.xlsx', bytes: xlsx({ Sheet1: [header, ...rows] }) }
    case 'free-text': {
      const titles = done.flatMap((deed) => (deed.do === 'titles' ? deed.lines : []))
      const lines = rows.map((row) => header.map((name, at) => `${name}: ${row[at] ?? ''}`).join(' | '))
      return named('sample.txt', `${[...titles, ...lines].join('\n')}\n`)
    }
  }
}

function named(name: string, content: string): { readonly name: string; readonly bytes: Uint8Array } {
  return { name, bytes: Buffer.from(content) }
}

function delimited(recipe: Recipe, header: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const { done, written: form } = recipe
  const other = done.find((deed) => deed.do === 'rows-delimited-by')
  const titles = done.flatMap((deed) => (deed.do === 'titles' ? deed.lines : []))
  const headerAt = done.find((deed) => deed.do === 'header-at')?.row ?? 0
  const accents = done.some((deed) => deed.do === 'accents')
  const lines = rows.map((row, n) =>
    row.join(other !== undefined && n >= rows.length * other.from ? other.delimiter : form.delimiter),
  )
  if (header.length > 0) lines.splice(headerAt, 0, header.join(form.delimiter))
  // Two programs wrote the halves of such a file: the second half is Windows-1252.
  return Buffer.concat(
    [...titles, ...lines].map((line, n) => Buffer.from(line + form.lineEnd, accents && n * 2 > lines.length ? 'latin1' : 'utf8')),
  )
}
