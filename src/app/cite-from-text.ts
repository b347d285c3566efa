import { UserError, type Locator } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** What a cite in words may name. */
export interface CiteNames {
  readonly exhibits: readonly { readonly id: string; readonly file: string; readonly sha256: string }[]
  readonly decisions: readonly { readonly id: string; readonly cites: readonly Cite[] }[]
  readonly findings: readonly { readonly id: string }[]
}

/**
 * The cite that a text names, as pages and reports print it: `E3`, `E3 row 412`, `E3 inner/a.json line 4`, `crm.csv rows 3-9`,
 * `D2`, `finding F_…`, `inventory system:crm (revision 2)`, `copy crm row 4`, `data/laws/x.yml 2026-01 key`.
 * Throws a `UserError` when it names nothing of this case.
 */
export function citeFromText(text: string, names: CiteNames): Cite {
  const words = text.trim().replaceAll(/\s+/g, ' ')
  const cite =
    decisionOf(words, names) ??
    findingOf(words, names) ??
    exhibitOf(words, names) ??
    inventoryOf(words) ??
    copyOf(words) ??
    referenceOf(words)
  if (cite !== undefined) return cite
  throw new UserError({
    code: 'cite-unknown',
    message: `"${text}" names nothing in this case`,
    hint: 'write it as it is printed: "E3 row 412", "E3 record 12", "E5", "D1"; "case show" lists the exhibits',
  })
}

function exhibitOf(words: string, { exhibits }: CiteNames): Cite | undefined {
  const number = /^E\d{1,9}(?= |$)/i.exec(words)?.[0]
  const byName = exhibits
    .flatMap((one) => [
      { one, name: one.file },
      { one, name: one.file.split('/').at(-1) ?? one.file },
    ])
    .filter(({ name }) => words === name || words.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  const found = number === undefined ? byName?.one : exhibits.find((one) => one.id === number.toUpperCase())
  if (found === undefined) return undefined
  const rest = words.slice((number ?? byName?.name ?? '').length).trim()
  const split = splitLocator(rest)
  const shared = { kind: 'exhibit', sha256: found.sha256, file: found.file } as const
  return { ...shared, ...(split.member === '' ? {} : { member: split.member }), at: split.at }
}

const units = /(?:^| )(record|row|line)s? (\d{1,12}(?:-\d{1,12}|(?:, ?\d{1,12}){1,100})?)(?: and \d+ more)?$/
const bytes = /(?:^| )bytes (\d{1,15})-(\d{1,15})$/
const region = /(?:^| )region (\d{1,6}),(\d{1,6}) (\d{1,6})x(\d{1,6})$/

function splitLocator(text: string): { member: string; at: Locator } {
  const unit = units.exec(text)
  if (unit !== null) return { member: text.slice(0, unit.index).trim(), at: unitLocator(unit[1] ?? '', unit[2] ?? '') }
  const span = bytes.exec(text)
  if (span !== null)
    return { member: text.slice(0, span.index).trim(), at: { kind: 'bytes', from: Number(span[1]), to: Number(span[2]) } }
  const area = region.exec(text)
  if (area !== null) {
    const [x = 0, y = 0, width = 0, height = 0] = area.slice(1).map(Number)
    return { member: text.slice(0, area.index).trim(), at: { kind: 'region', x, y, width, height } }
  }
  return { member: text, at: { kind: 'whole' } }
}

function unitLocator(word: string, numbers: string): Locator {
  const unit = word as 'record' | 'row' | 'line'
  if (numbers.includes(',')) return { kind: 'set', unit, n: numbers.split(',').map(Number) }
  const [from = 0, to] = numbers.split('-').map(Number)
  return to === undefined ? { kind: unit, n: from } : { kind: 'range', unit, from, to }
}

function decisionOf(words: string, { decisions }: CiteNames): Cite | undefined {
  const name = words.replace(/^decision /i, '')
  return (
    decisions.find((one) => one.id.toLowerCase() === name.toLowerCase())?.cites[0] ??
    (/^decision /i.test(words) ? { kind: 'decision', id: name } : undefined)
  )
}

function findingOf(words: string, names: CiteNames): Cite | undefined {
  if (!/^(finding )?F_?[0-9a-z]+$/i.test(words)) return undefined
  return { kind: 'finding', id: findingByPrefix(words.replace(/^finding /i, ''), names.findings).id }
}

/** The one finding whose id begins so. Throws a `UserError` when none or several do. */
export function findingByPrefix<F extends { readonly id: string }>(prefix: string, findings: readonly F[]): F {
  const given = prefix.trim().toLowerCase()
  const fitting = findings.filter((one) => {
    const id = one.id.toLowerCase()
    return given !== '' && (id.startsWith(given) || id.replace(/^f_?/, '').startsWith(given))
  })
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return only
  throw new UserError({
    code: 'finding-unknown',
    message:
      only === undefined
        ? `no finding begins with "${prefix}"`
        : `${fitting.length} findings begin with "${prefix}": give more of the id`,
    hint: 'list the findings with "breachline case show"',
  })
}

function inventoryOf(words: string): Cite | undefined {
  const found = /^inventory (\S{1,200}) \(?revision (\d{1,9})\)?$/.exec(words)
  return found === null ? undefined : { kind: 'inventory', entry: found[1] ?? '', revision: Number(found[2]) }
}

function copyOf(words: string): Cite | undefined {
  const found = /^copy ([a-z0-9][a-z0-9-]{0,63})(?: |$)/.exec(words)
  return found === null ? undefined : { kind: 'copy', copy: found[1] ?? '', rows: splitLocator(words.slice(found[0].length)).at }
}

function referenceOf(words: string): Cite | undefined {
  const [file, version, key, ...more] = words.split(' ')
  if (file === undefined || version === undefined || key === undefined || more.length > 0) return undefined
  return /\.(ya?ml|json)$/.test(file) || file === 'case' ? { kind: 'reference', file, version, key } : undefined
}
