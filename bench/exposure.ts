import { exposure, readAdvisories } from '../src/exposure/index.ts'
import { Stopwatch, type Measure } from './measure.ts'

const makers = Array.from({ length: 200 }, (_, at) => `Maker${at}`)

/** An invented estate of `--size` products against an invented catalogue in the form of CISA KEV, a third as many entries, and a CSAF advisory for each tenth of them. */
export const exposureMeasure: Measure = {
  about: 'an estate of --size products held against a catalogue of 1,500 exploited holes and 150 advisories with versions',
  needs: 'nothing',
  drill: 5_000,
  runs: 5,
  rates: [{ unit: 'products/s', count: 'products', time: 'compare' }],
  async run({ size }) {
    const watch = new Stopwatch()
    const entries = Array.from({ length: size }, (_, at) => ({
      kind: 'product' as const,
      id: `p${at}`,
      entry: `product:p${at}`,
      revision: 1,
      vendor: makers[at % makers.length] ?? '',
      name: `Product ${at % 977}`,
      version: `${at % 9}.${at % 13}`,
      system: `s${at % 300}`,
    }))
    const systems = Array.from({ length: 300 }, (_, at) => ({
      kind: 'system' as const,
      id: `s${at}`,
      name: `s${at}`,
      entry: `system:s${at}`,
      revision: 1,
      hosts: [`h${at}`],
      internetFacing: at % 7 === 0,
      data: at % 5 === 0 ? ['identity'] : [],
      reaches: [`s${(at * 7 + 1) % 300}`],
    }))
    const read = await watch.time('read the advisories', () =>
      Promise.resolve([
        readAdvisories(Buffer.from(JSON.stringify(catalogue)), 'kev.json'),
        ...Array.from({ length: 150 }, (_, at) =>
          readAdvisories(Buffer.from(JSON.stringify(advisory(at * 10))), `csaf-${at}.json`),
        ),
      ]),
    )
    const advisories = read.flatMap((one) => one.advisories)
    const answer = await watch.time('compare', () => Promise.resolve(exposure([...entries, ...systems], advisories)))
    return {
      counts: {
        products: size,
        'entries of advisories': advisories.length,
        affected: answer.open.filter(({ status }) => status === 'affected').length,
        'to check': answer.open.filter(({ status }) => status === 'check').length,
        'ruled out': answer.excluded.length,
      },
      times: watch.times,
      cores: watch.cores,
    }
  },
}

const cve = (at: number): string => `CVE-2025-${10_000 + at}`

const catalogue = {
  catalogVersion: '2026.01.01',
  dateReleased: '2026-01-01T00:00:00.000Z',
  vulnerabilities: Array.from({ length: 1_500 }, (_, at) => ({
    cveID: cve(at),
    vendorProject: makers[at % makers.length],
    product: at % 50 === 0 ? 'Multiple Products' : `Product ${(at * 3) % 977}`,
    vulnerabilityName: 'invented',
    dateAdded: '2025-12-01',
    requiredAction: 'Apply mitigations.',
    dueDate: '2026-01-20',
    knownRansomwareCampaignUse: at % 9 === 0 ? 'Known' : 'Unknown',
  })),
}

function advisory(at: number): object {
  return {
    document: { csaf_version: '2.0', publisher: { name: 'invented' }, tracking: { id: `A-${at}` } },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: makers[at % makers.length],
          branches: [
            {
              category: 'product_name',
              name: `Product ${(at * 3) % 977}`,
              branches: [{ category: 'product_version_range', name: '< 4.0', product: { product_id: 'A', name: 'A' } }],
            },
          ],
        },
      ],
    },
    vulnerabilities: [{ cve: cve(at), product_status: { known_affected: ['A'] } }],
  }
}
