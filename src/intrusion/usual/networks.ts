import type { Vendor } from '../../inventory/index.ts'

/** Tells whose network an address lies in, by what entries list: whole addresses, networks (`10.9.0.0/16`) and beginnings (`10.9.`); the narrowest counts. */
export function networksOf(vendors: readonly Vendor[]): (address: string) => Vendor | undefined {
  const listed = vendors
    .flatMap((vendor) => (vendor.networks ?? []).map((network) => ({ vendor, network: network.trim().toLowerCase() })))
    .filter((one) => one.network !== '')
  return (address) => {
    const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
    const fits = listed
      .map((one) => ({ ...one, bits: sharedBits(one.network, plain) }))
      .filter((one) => one.bits > 0)
      .toSorted((a, b) => b.bits - a.bits || (a.vendor.id < b.vendor.id ? -1 : 1))
    return fits[0]?.vendor
  }
}

/** How many bits of an address a listed network fixes; 0 when the address does not lie in it. */
function sharedBits(network: string, address: string): number {
  if (network === address) return 128
  const [base = '', size] = network.split('/')
  if (size !== undefined) {
    const [wide, own, length] = [numberOf(base), numberOf(address), Number(size)]
    if (wide === undefined || own === undefined || !Number.isInteger(length) || length < 1 || length > 32) return 0
    return Math.floor(wide / 2 ** (32 - length)) === Math.floor(own / 2 ** (32 - length)) ? length : 0
  }
  // A beginning ends where a number of the address ends: 10.9 is not the beginning of 10.90.1.2.
  if (!address.startsWith(base)) return 0
  const between = `${base.at(-1) ?? ''}${address[base.length] ?? ''}`
  return /[.:]/.test(between) ? 8 * base.split(/[.:]/).filter((part) => part !== '').length : 0
}

/** An address of version 4 as a number. */
function numberOf(address: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number)
  return parts === undefined || parts.some((part) => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0)
}
