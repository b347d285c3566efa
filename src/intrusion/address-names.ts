import { epochMs } from '../base/index.ts'
import type { Engine } from '../store/index.ts'
import { isoOf } from './cited.ts'
import { isAddress, isInside } from './names.ts'
import { addressesSql, deviceStepsSql, givenAddressesSql } from './sql.ts'

interface Vote {
  readonly address: string
  readonly name: string
}

interface DeviceStep {
  readonly host: string
  readonly at_time: string
  readonly source_ip: string
  readonly class: string
  readonly target: string
}

/** A command on one device and the sign-in on the next belong together within this time. */
const sameStepMs = 60_000

/** Which host uses which address. */
export interface AddressNames {
  /** The host that uses an address; the address itself when none is known. */
  readonly nameOf: (address: string) => string
  /** The addresses that some hosts use, and those among the given that are addresses themselves. */
  readonly addressesOf: (hosts: ReadonlySet<string>) => string[]
}

/**
 * Reads which host uses which address. An address that a gateway gives to sessions from outside is the gateway; the addresses
 * of network devices are told by a command that signs in from one to the other.
 */
export async function addressNames(
  engine: Engine,
  evidence: { readonly loads: readonly string[]; readonly from: string; readonly to: string },
): Promise<AddressNames> {
  const names = new Map<string, string>()
  const add = ({ address, name }: Vote): void => void (names.has(address) || names.set(address, name))
  for (const vote of await engine.rows<Vote>(givenAddressesSql, { ...evidence })) if (isInside(vote.address)) add(vote)
  for (const vote of await engine.rows<Vote>(addressesSql, { ...evidence })) add(vote)
  const steps = await engine.rows<DeviceStep>(deviceStepsSql, { ...evidence })
  for (const [index, step] of steps.entries()) {
    if (step.target === '') continue
    const at = epochMs(isoOf(step.at_time))
    const next = steps
      .slice(index + 1, index + 200)
      .find((one) => one.class === 'authentication' && isInside(one.source_ip) && one.host !== step.host)
    if (next === undefined || epochMs(isoOf(next.at_time)) - at > sameStepMs) continue
    add({ address: step.target, name: next.host })
    add({ address: next.source_ip, name: step.host })
  }
  return {
    nameOf: (address) => names.get(address) ?? address,
    addressesOf: (hosts) => [
      ...[...names].flatMap(([address, name]) => (hosts.has(name) ? [address] : [])),
      ...[...hosts].filter((host) => isAddress(host)),
    ],
  }
}
