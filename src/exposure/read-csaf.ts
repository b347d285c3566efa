import { type JsonFields, limits, listOf, objectOf } from '../base/index.ts'
import type { Advisory, AdvisorySource, Concerned } from './advisory.ts'
import { cveOf, dayOf, textOf } from './json-fields.ts'
import { readCpe, readPurl } from './product-name.ts'
import { readRange, type VersionRange } from './version-range.ts'

/** Is this document a CSAF advisory (OASIS Common Security Advisory Framework 2.0)? */
export function isCsaf(document: JsonFields): boolean {
  const head = objectOf(document['document'])
  return typeof head['csaf_version'] === 'string' || (typeof head['category'] === 'string' && head['tracking'] !== undefined)
}

/** Name and day of the advisory, for its source. */
export function csafHead(document: JsonFields): { readonly name?: string; readonly date?: string } {
  const head = objectOf(document['document'])
  const tracking = objectOf(head['tracking'])
  const publisher = textOf(objectOf(head['publisher'])['name'])
  const id = textOf(tracking['id'])
  const name = [publisher, id].filter((part) => part !== undefined).join(' ')
  const date = dayOf(tracking['current_release_date'])
  return { ...(name === '' ? {} : { name }), ...(date === undefined ? {} : { date }) }
}

/** Product ids to what they stand for (section 3.2.2). */
type Products = ReadonlyMap<string, Omit<Concerned, 'status'>>

/**
 * Vulnerabilities of an advisory with the products of its tree and their status (section 3.2.3.9). `faulty` gets the number of a vulnerability
 * without a CVE id. A product of a relationship counts as the product that it is a component of the other, for that is what carries the flaw.
 */
export function readCsaf(document: JsonFields, source: AdvisorySource, faulty: (entry: number) => void): Advisory[] {
  const products = productsOf(objectOf(document['product_tree']))
  const title = textOf(objectOf(document['document'])['title'])
  const published = dayOf(objectOf(objectOf(document['document'])['tracking'])['initial_release_date'])
  return listOf(document['vulnerabilities']).flatMap((item, at) => {
    const entry = objectOf(item)
    const cve = cveOf(entry['cve'])
    if (cve === undefined) {
      faulty(at + 1)
      return []
    }
    const threats = listOf(entry['threats']).map(objectOf)
    const remedies = listOf(entry['remediations']).slice(0, limits.archiveMembers).map(objectOf)
    return [
      {
        cve,
        title: textOf(entry['title']) ?? title ?? cve,
        source,
        entry: at + 1,
        concerned: concernedBy(objectOf(entry['product_status']), products),
        exploited: threats.some(
          (threat) => threat['category'] === 'exploit_status' && isExploited(textOf(threat['details'], 2_000) ?? ''),
        ),
        ransomware: false,
        ...(published === undefined ? {} : { published }),
        actions: [...new Set(remedies.flatMap((remedy) => textOf(remedy['details'], 2_000) ?? []))].slice(0, mostActions),
      },
    ]
  })
}

/** Remediations told of one vulnerability. */
const mostActions = 20

/** Vendors write "Exploited:Yes" or a sentence; a denial is no statement of exploitation. */
function isExploited(details: string): boolean {
  if (/\b(?:no|not|unaware|none)\b/i.test(details)) return false
  return /\b(?:exploited|in the wild|exploitation detected|under attack)\b/i.test(details)
}

const statuses: Readonly<Record<string, Concerned['status']>> = {
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_not_affected: 'not-affected',
  under_investigation: 'under-investigation',
}

function concernedBy(status: JsonFields, products: Products): Concerned[] {
  return Object.entries(statuses).flatMap(([name, meant]) =>
    listOf(status[name]).flatMap((id): Concerned[] => {
      const product = typeof id === 'string' ? products.get(id) : undefined
      if (product === undefined) return []
      const versions =
        name === 'first_fixed'
          ? from(product.versions, '>=')
          : name === 'last_affected'
            ? from(product.versions, '<=')
            : product.versions
      return [{ ...product, status: meant, ...(versions === undefined ? {} : { versions }) }]
    }),
  )
}

/** The first fixed version and all later ones; the last affected one and all earlier. */
function from(versions: VersionRange | undefined, is: '>=' | '<='): VersionRange | undefined {
  const only = versions?.stretches[0]?.[0]
  return versions?.stretches.length === 1 && only?.is === '=' ? readRange(`${is} ${only.version}`) : versions
}

function productsOf(tree: JsonFields): Products {
  const found = new Map<string, Omit<Concerned, 'status'>>()
  const add = (item: unknown, known: Omit<Concerned, 'status'>): void => {
    const product = objectOf(item)
    const id = textOf(product['product_id'])
    if (id === undefined || found.size >= limits.pipelineEntries * 10) return
    const helper = objectOf(product['product_identification_helper'])
    const cpe = textOf(helper['cpe'])
    const purl = textOf(helper['purl'], 1_000)
    const name = known.product ?? textOf(product['name'])
    const only =
      (cpe === undefined ? undefined : readCpe(cpe)?.version) ?? (purl === undefined ? undefined : readPurl(purl)?.version)
    const versions = known.versions ?? (only === undefined ? undefined : readRange(only))
    found.set(id, {
      ...known,
      ...(name === undefined ? {} : { product: name }),
      ...(cpe === undefined ? {} : { cpe }),
      ...(purl === undefined ? {} : { purl }),
      ...(versions === undefined ? {} : { versions }),
    })
  }
  const walk = (branches: unknown, known: Omit<Concerned, 'status'>, depth: number): void => {
    if (depth > limits.depth) return
    for (const item of listOf(branches)) {
      const branch = objectOf(item)
      const name = textOf(branch['name'])
      const inner = name === undefined ? known : { ...known, ...told(branch['category'], name) }
      if (branch['product'] !== undefined) add(branch['product'], inner)
      walk(branch['branches'], inner, depth + 1)
    }
  }
  walk(tree['branches'], {}, 0)
  for (const item of listOf(tree['full_product_names'])) add(item, {})
  for (const item of listOf(tree['relationships'])) {
    const relationship = objectOf(item)
    const part = found.get(textOf(relationship['product_reference']) ?? '')
    if (part !== undefined) add(relationship['full_product_name'], part)
  }
  return found
}

/** What a branch tells (section 3.1.2.2.1); families, architectures and the like tell nothing that matching needs. */
function told(category: unknown, name: string): Omit<Concerned, 'status'> {
  switch (category) {
    case 'vendor':
      return { vendor: name }
    case 'product_name':
      return { product: name }
    case 'product_version':
    case 'product_version_range': {
      const versions = readRange(name)
      return versions === undefined ? {} : { versions }
    }
    default:
      return {}
  }
}
