import type { Assertion, Thread } from '../claims/index.ts'
import type { Findings } from './findings.ts'
import { vendor } from './need.ts'
import { open, type Weight } from './weight.ts'

/** What a vendor says of itself (A19): a statement. It stays open, and what would settle it is asked of the vendor. Undefined for what others say. */
export function weighVendorWord(thread: Thread, assertion: Assertion, { handed = [] }: Findings): Weight | undefined {
  if (assertion.by !== 'vendor') return undefined
  const place = JSON.stringify(assertion.cite)
  const name = thread.statements.find((one) => one.by === 'vendor' && JSON.stringify(one.cite) === place)?.name ?? ''
  const whose = name === '' ? "A vendor's" : `${name}'s`
  const from = name === '' ? [] : handed.filter(({ by = '' }) => by.toLowerCase().includes(name.toLowerCase()))
  const examined =
    from.length === 0
      ? 'Nothing of its logs or systems has been handed over.'
      : `What it handed over is examined for itself: ${from.map((one) => one.name).join(', ')}.`
  return open(assertion, `${whose} own word on its own systems, which is a statement and no evidence. ${examined}`, [
    vendor('its logs of the systems that held or reached the data, for the days needed', name === '' ? undefined : name),
  ])
}
