import type { Party, Thread } from '../claims/index.ts'
import type { Cite } from '../evidence/index.ts'

/**
 * Threads in which vendors of the inventory, and their suppliers, speak as `vendor`: a text calls whoever answers a claim its victim. What an organisation that no
 * inventory names says stays as it was read.
 */
export function withVendorVoices(threads: readonly Thread[], parties: readonly Party[]): readonly Thread[] {
  const vendors = parties.filter(({ entry }) => entry.startsWith('vendor:')).map(({ name }) => plain(name))
  if (vendors.length === 0) return threads
  const isVendor = (name = ''): boolean => vendors.some((vendor) => vendor.trim().length > 1 && plain(name).includes(vendor))
  return threads.map((thread) => {
    const spoken = new Map(thread.statements.map((one) => [JSON.stringify(one.cite), one]))
    const voiced = <One extends Said>(one: One): One =>
      one.by === 'victim' && isVendor(spoken.get(JSON.stringify(one.cite))?.name) ? { ...one, by: 'vendor' } : one
    return {
      ...thread,
      assertions: thread.assertions.map(voiced),
      ...(thread.readings === undefined ? {} : { readings: thread.readings.map(voiced) }),
      statements: thread.statements.map((one) =>
        one.by === 'victim' && isVendor(one.name) ? { ...one, by: 'vendor' as const } : one,
      ),
    }
  })
}

interface Said {
  readonly by: Thread['assertions'][number]['by']
  readonly cite: Cite
}

function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}
