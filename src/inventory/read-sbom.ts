import { fault, limits, listOf, objectOf, type Fault, type JsonFields } from '../base/index.ts'
import type { RawEntry } from './object-remarks.ts'
import { checkEntries, type CheckedEntries } from './schema.ts'

/**
 * Products from a software bill of materials in JSON: CycloneDX (components, nested ones too) or SPDX 2 (packages). `system` and `host` are written
 * into each. Undefined where the document is neither. Parts without a name are faults.
 */
export function readSbom(
  text: string,
  { file, system, host }: { readonly file: string; readonly system?: string; readonly host?: string },
): CheckedEntries | undefined {
  let document: JsonFields
  try {
    document = objectOf(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return undefined
  }
  const parts =
    document['bomFormat'] === 'CycloneDX'
      ? cycloneDx(document)
      : typeof document['spdxVersion'] === 'string'
        ? listOf(document['packages']).map(spdxPackage)
        : undefined
  if (parts === undefined) return undefined
  const faults: Fault[] = []
  const ids = new Map<string, number>()
  const raws = parts.slice(0, limits.files).flatMap((part, at): RawEntry[] => {
    const place = { file, record: at + 1 }
    if (part['name'] === undefined) {
      faults.push(
        fault('inventory-field', 'a component has no name', place, 'Correct the bill of materials; nothing was imported.'),
      )
      return []
    }
    const id = idOf([system ?? host, part['name'], part['version']], ids)
    const where = { ...(system === undefined ? {} : { system }), ...(host === undefined ? {} : { host }) }
    return [{ kind: 'product', fields: { id, ...defined(part), ...where }, place }]
  })
  const checked = checkEntries(raws)
  return { ...checked, faults: [...faults, ...checked.faults] }
}

interface Part {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly vendor: string | undefined
  readonly cpe: string | undefined
  readonly purl: string | undefined
}

/** CycloneDX 1.x: `components`, and components of components. */
function cycloneDx(document: JsonFields): Part[] {
  const found: Part[] = []
  const walk = (items: unknown, depth: number): void => {
    if (depth > limits.depth) return
    for (const item of listOf(items)) {
      if (found.length >= limits.files) return
      const one = objectOf(item)
      const maker = textOf(objectOf(one['supplier'])['name']) ?? textOf(one['publisher'])
      found.push({
        name: textOf(one['name']),
        version: textOf(one['version']),
        vendor: maker,
        cpe: textOf(one['cpe']),
        purl: textOf(one['purl']),
      })
      walk(one['components'], depth + 1)
    }
  }
  walk(document['components'], 0)
  return found
}

/** SPDX 2.x package: `supplier` is "Organization: NAME", CPE and package URL stand among the external references. */
function spdxPackage(item: unknown): Part {
  const one = objectOf(item)
  const references = listOf(one['externalRefs']).map(objectOf)
  const located = (type: RegExp): string | undefined =>
    textOf(references.find((reference) => type.test(textOf(reference['referenceType']) ?? ''))?.['referenceLocator'])
  const maker = /^Organization: (.{1,200}?)(?: \(.*)?$/.exec(textOf(one['supplier']) ?? '')?.[1]
  return {
    name: textOf(one['name']),
    version: textOf(one['versionInfo']),
    vendor: maker,
    cpe: located(/^cpe2[23]Type$/),
    purl: located(/^purl$/),
  }
}

/** An id of parts that ids may have, each once: `crm.openssl-1.0.2k`, `crm.openssl-1.0.2k.2`. */
export function idOf(parts: readonly (string | undefined)[], given: Map<string, number>): string {
  const [where, ...named] = parts.map((part) => part?.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, ''))
  const name = named.filter((part) => part !== undefined && part !== '').join('-')
  const id =
    [where, name]
      .filter((part) => part !== undefined && part !== '')
      .join('.')
      .slice(0, 90) || 'entry'
  const times = (given.get(id.toLowerCase()) ?? 0) + 1
  given.set(id.toLowerCase(), times)
  return times === 1 ? id : `${id}.${times}`
}

function defined(part: Part): Record<string, string> {
  return Object.fromEntries(Object.entries(part).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 500) : undefined
}
