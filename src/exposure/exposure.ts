import type { Entry, Product, Registered } from '../inventory/index.ts'
import type { Advisory, AdvisorySource } from './advisory.ts'
import { concernOf, type Concern, type EstateProduct, type Statement } from './concern.ts'
import { productName } from './product-name.ts'
import { reachOf, type Reach } from './reach.ts'

/** A vulnerability that a product of the estate has, or may have. */
export interface OpenHole extends Reach {
  readonly cve: string
  readonly title: string
  /** The product, as a cite names it, and where it runs. */
  readonly product: string
  readonly revision: number
  readonly name: string
  readonly version?: string
  readonly system?: string
  readonly host?: string
  /** Who runs the system for the operator. */
  readonly holder?: string
  readonly status: 'affected' | 'check'
  /** What each source says of it. */
  readonly grounds: readonly Ground[]
  /** Stated by a source. */
  readonly exploited: boolean
  readonly ransomware: boolean
  /** The earliest day by which a source asks for action. */
  readonly due?: string
  readonly actions: readonly string[]
}

interface Ground {
  readonly source: AdvisorySource
  /** Number of the entry in that source, from 1. */
  readonly entry: number
  readonly basis: Concern['basis']
  readonly status: Concern['status']
  readonly why: string
}

/** What stands open, what a source rules out, and what could not be compared. */
export interface Exposure {
  /** The most pressing first (rule E7). */
  readonly open: readonly OpenHole[]
  /** Products that a name meets and whose version a source rules out. */
  readonly excluded: readonly {
    readonly cve: string
    readonly product: string
    readonly why: string
    readonly source: AdvisorySource
    readonly entry: number
  }[]
  /** CVE ids of lists and bundles for which no source at hand names a product. */
  readonly unmatched: readonly { readonly cve: string; readonly source: AdvisorySource; readonly entry: number }[]
  /** Products without vendor, CPE or package URL: they are met only where the vendor stands in their name. */
  readonly unnamed: readonly string[]
  readonly products: number
  readonly advisories: number
}

/** Holds an estate against advisories (rules E1 to E7). Deterministic: the order of files and entries does not matter. */
export function exposure(entries: readonly Registered[], advisories: readonly Advisory[]): Exposure {
  const sorted = entries.toSorted((a, b) => (a.entry < b.entry ? -1 : 1))
  const of = <K extends Entry['kind']>(kind: K): Registered<Extract<Entry, { kind: K }>>[] =>
    sorted.filter((entry): entry is Registered<Extract<Entry, { kind: K }>> => entry.kind === kind)
  const systems = of('system')
  const products = of('product').map(estateProduct)
  const reach = reachOf({ systems, objects: of('object'), endpoints: of('endpoint') })
  const holders = new Map(
    systems.flatMap(({ id, name, vendor }) =>
      vendor === undefined ? [] : [[id.toLowerCase(), vendor] as const, [name.toLowerCase(), vendor] as const],
    ),
  )
  const byWord = wordsOf(products)
  const byCve = new Map<string, Advisory[]>()
  for (const advisory of advisories) byCve.set(advisory.cve, [...(byCve.get(advisory.cve) ?? []), advisory])
  const open: OpenHole[] = []
  const excluded: Exposure['excluded'][number][] = []
  const unmatched: Exposure['unmatched'][number][] = []
  for (const [cve, all] of [...byCve].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const told = all.toSorted((a, b) =>
      a.source.name < b.source.name ? -1 : a.source.name > b.source.name ? 1 : a.entry - b.entry,
    )
    if (told.every(({ concerned }) => concerned.length === 0)) {
      unmatched.push(...told.slice(0, 1).map(({ source, entry }) => ({ cve, source, entry })))
      continue
    }
    const concerns = new Map<EstateProduct, Concern[]>()
    for (const advisory of told) {
      const statements = advisory.concerned.flatMap(statementsOf)
      for (const product of candidates(byWord, statements)) {
        const concern = concernOf(product, advisory, statements)
        if (concern !== undefined) concerns.set(product, [...(concerns.get(product) ?? []), concern])
      }
    }
    for (const [product, said] of concerns) {
      // A source that knows versions is heard before one that names the product alone (rule E3).
      const affected = said.some(({ status }) => status === 'affected')
      const ruledOut = said.find(({ status }) => status === 'excluded')
      if (!affected && ruledOut !== undefined) {
        excluded.push({
          cve,
          product: product.entry.entry,
          why: ruledOut.why,
          source: ruledOut.advisory.source,
          entry: ruledOut.advisory.entry,
        })
        continue
      }
      open.push(
        holeOf({
          cve,
          product,
          said,
          told,
          affected,
          reach: reach(product.entry),
          holder: holders.get(product.entry.system?.toLowerCase() ?? ''),
        }),
      )
    }
  }
  return {
    open: open.toSorted(pressing),
    excluded: excluded.toSorted((a, b) => (a.cve === b.cve ? (a.product < b.product ? -1 : 1) : a.cve < b.cve ? -1 : 1)),
    unmatched,
    unnamed: products
      .filter(({ name }) => name.vendor.length === 0 && name.cpe === undefined && name.purl === undefined)
      .map(({ entry }) => entry.entry),
    products: products.length,
    advisories: advisories.length,
  }
}

function estateProduct(entry: Registered<Product>): EstateProduct {
  const name = productName({ product: entry.name, ...pick(entry) })
  const version = entry.version ?? name.cpe?.version ?? name.purl?.version
  return { entry, name, ...(version === undefined ? {} : { version }) }
}

function pick({ vendor, cpe, purl }: Product): { vendor?: string; cpe?: string; purl?: string } {
  return {
    ...(vendor === undefined ? {} : { vendor }),
    ...(cpe === undefined ? {} : { cpe }),
    ...(purl === undefined ? {} : { purl }),
  }
}

/** A product written as "A, B and C" is each of them. */
function statementsOf(concerned: Advisory['concerned'][number]): Statement[] {
  const { product, ...rest } = concerned
  if (product === undefined || concerned.cpe !== undefined || concerned.purl !== undefined)
    return [{ concerned, name: productName(concerned) }]
  return product
    .split(/,\s*(?:and\s+)?|\s+and\s+|\s*;\s*/)
    .filter((one) => one.trim() !== '')
    .slice(0, 50)
    .map((one) => ({ concerned, name: productName({ ...rest, product: one }) }))
}

/** Products by what they are found by: a statement is compared with those that share it. */
function wordsOf(products: readonly EstateProduct[]): ReadonlyMap<string, readonly EstateProduct[]> {
  const byWord = new Map<string, EstateProduct[]>()
  for (const product of products)
    for (const word of keysOf(product.name)) {
      const known = byWord.get(word)
      if (known === undefined) byWord.set(word, [product])
      else known.push(product)
    }
  return byWord
}

/** What a product is found by: the first word of its vendor, or of its name where no vendor is told; its CPE's vendor, its package URL. */
function keysOf({ vendor, product, cpe, purl }: EstateProduct['name']): ReadonlySet<string> {
  return new Set([
    ...(vendor.length > 0 ? vendor : product).slice(0, 1),
    ...(cpe === undefined ? [] : [`cpe ${cpe.vendor}`]),
    ...(purl === undefined ? [] : [`purl ${purl.name}`]),
  ])
}

function candidates(
  byWord: ReadonlyMap<string, readonly EstateProduct[]>,
  statements: readonly Statement[],
): ReadonlySet<EstateProduct> {
  return new Set(statements.flatMap(({ name }) => [...keysOf(name)].flatMap((word) => byWord.get(word) ?? [])))
}

function holeOf(options: {
  readonly cve: string
  readonly product: EstateProduct
  readonly said: readonly Concern[]
  /** All that is told of the CVE, also by sources that name no product. */
  readonly told: readonly Advisory[]
  readonly affected: boolean
  readonly reach: Reach
  readonly holder: string | undefined
}): OpenHole {
  const { cve, product, said, told, affected, reach, holder } = options
  const { entry, version } = product
  const due = told.flatMap((one) => one.due ?? []).toSorted()[0]
  return {
    cve,
    title: told.find(({ title }) => title !== cve)?.title ?? cve,
    product: entry.entry,
    revision: entry.revision,
    name: [entry.vendor, entry.name].filter((part) => part !== undefined).join(' '),
    ...(version === undefined ? {} : { version }),
    ...(entry.system === undefined ? {} : { system: entry.system }),
    ...(entry.host === undefined ? {} : { host: entry.host }),
    ...(holder === undefined ? {} : { holder }),
    status: affected ? 'affected' : 'check',
    grounds: said.map(({ advisory, basis, status, why }) => ({
      source: advisory.source,
      entry: advisory.entry,
      basis,
      status,
      why,
    })),
    exploited: told.some((one) => one.exploited),
    ransomware: told.some((one) => one.ransomware),
    ...(due === undefined ? {} : { due }),
    actions: [...new Set(told.flatMap(({ actions }) => actions))],
    ...reach,
  }
}

/** The order of rule E7: affected before to be checked; exposed, exploited, a way to data, ransomware; the earlier day; then by name. */
function pressing(a: OpenHole, b: OpenHole): number {
  const rank = (one: OpenHole): readonly number[] => [
    one.status === 'affected' ? 1 : 0,
    (one.exposedBy.length > 0 ? 1 : 0) + (one.exploited ? 1 : 0) + (one.data.length > 0 ? 1 : 0),
    one.exposedBy.length > 0 && one.exploited ? 1 : 0,
    one.ransomware ? 1 : 0,
    one.grounds.every(({ basis }) => basis === 'vendor') ? 0 : 1,
  ]
  const [first, second] = [rank(a), rank(b)]
  for (const [at, value] of first.entries()) if (value !== second[at]) return (second[at] ?? 0) - value
  const name = (one: OpenHole): string => `${one.due ?? '9999'} ${one.cve} ${one.product}`
  return name(a) < name(b) ? -1 : 1
}
