import type { Vendor } from '../../inventory/index.ts'

/** `; the inventory names the account under the vendor X (vendor:x), whose contract ended on D`; nothing without one. */
export function vendorText(vendor: Vendor | undefined): string {
  return vendor === undefined
    ? ''
    : `; the inventory names the account under the vendor ${vendor.name} (vendor:${vendor.id})${endedText(vendor)}`
}

/** `; by the inventory 10.9.0.7 lies in the network of X (vendor:x)`; nothing without one. */
export function networkText(vendor: Vendor | undefined, address: string): string {
  return vendor === undefined
    ? ''
    : `; by the inventory ${address} lies in the ${carries(vendor) ? 'roaming network' : 'network'} of ${vendor.name} (vendor:${vendor.id})${endedText(vendor)}`
}

/** Does a partner's entry say that it carries roaming or signalling? */
export function carries({ services }: Vendor): boolean {
  return services.some((text) => /\b(?:roaming|grx|ipx|interconnect|signall?ing|ss7|diameter|gtp)\b/i.test(text))
}

function endedText({ status, ended }: Vendor): string {
  return status === 'ended' ? `, whose contract ended${ended === undefined ? '' : ` on ${ended}`}` : ''
}
