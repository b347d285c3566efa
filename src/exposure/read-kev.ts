import { listOf, objectOf, type JsonFields } from '../base/index.ts'
import type { Advisory, AdvisorySource, Concerned } from './advisory.ts'
import { cveOf, dayOf, textOf } from './json-fields.ts'

/** Is this document CISA's catalogue of known exploited vulnerabilities (or a file in its form)? */
export function isKev(document: JsonFields): boolean {
  return Array.isArray(document['vulnerabilities']) && typeof document['catalogVersion'] === 'string'
}

/**
 * Entries of the catalogue: vendor, product, and nothing of versions. Everything listed is exploited. `faulty` gets the number of an entry that
 * has no CVE id or product. Source: KEV JSON schema of cisagov/kev-data.
 */
export function readKev(document: JsonFields, source: AdvisorySource, faulty: (entry: number) => void): Advisory[] {
  return listOf(document['vulnerabilities']).flatMap((item, at) => {
    const entry = objectOf(item)
    const cve = cveOf(entry['cveID'])
    const product = textOf(entry['product'])
    if (cve === undefined || product === undefined) {
      faulty(at + 1)
      return []
    }
    const action = textOf(entry['requiredAction'], 2_000)
    const published = dayOf(entry['dateAdded'])
    const due = dayOf(entry['dueDate'])
    return [
      {
        cve,
        title: textOf(entry['vulnerabilityName']) ?? cve,
        source,
        entry: at + 1,
        concerned: [concernedBy(textOf(entry['vendorProject']), product)],
        exploited: true,
        ransomware: entry['knownRansomwareCampaignUse'] === 'Known',
        ...(published === undefined ? {} : { published }),
        ...(due === undefined ? {} : { due }),
        actions: action === undefined ? [] : [action],
      },
    ]
  })
}

function concernedBy(vendor: string | undefined, product: string): Concerned {
  return {
    status: 'affected',
    ...(vendor === undefined ? {} : { vendor }),
    // "Multiple Products" says who, not what.
    ...(/^multiple\b/i.test(product) ? {} : { product }),
  }
}
