import { listOf, objectOf, type JsonFields } from '../base/index.ts'
import type { Advisory, AdvisorySource } from './advisory.ts'
import { cveOf, dayOf, textOf } from './json-fields.ts'

/** Is this document a STIX 2.1 bundle? */
export function isStix(document: JsonFields): boolean {
  return document['type'] === 'bundle' && Array.isArray(document['objects'])
}

/**
 * Vulnerabilities of a bundle (STIX 2.1, section 4.18): a CVE id among the external references or as the name. They name no product of their own;
 * the estate is met by the CVE where another source, such as the KEV catalogue, names products of it. `targets` and `exploits` relationships from
 * intrusion sets, campaigns or malware state that it is exploited.
 */
export function readStix(document: JsonFields, source: AdvisorySource): Advisory[] {
  const objects = listOf(document['objects']).map(objectOf)
  const exploited = new Set(
    objects
      .filter(
        (one) =>
          one['type'] === 'relationship' &&
          (one['relationship_type'] === 'targets' || one['relationship_type'] === 'exploits') &&
          /^(?:intrusion-set|campaign|malware|threat-actor|attack-pattern)--/.test(textOf(one['source_ref']) ?? ''),
      )
      .map((one) => textOf(one['target_ref'])),
  )
  return objects.flatMap((one, at) => {
    if (one['type'] !== 'vulnerability') return []
    const named = listOf(one['external_references']).map(objectOf)
    const ids = [...named.map((reference) => cveOf(reference['external_id'])), cveOf(one['name'])]
    const cve = ids.find((id) => id !== undefined)
    if (cve === undefined) return []
    const published = dayOf(one['created'])
    return [
      {
        cve,
        title: textOf(one['description']) ?? textOf(one['name']) ?? cve,
        source,
        entry: at + 1,
        concerned: [],
        exploited: exploited.has(textOf(one['id'])),
        ransomware: false,
        ...(published === undefined ? {} : { published }),
        actions: [],
      },
    ]
  })
}
