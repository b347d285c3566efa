import { BlockList, isIP } from 'node:net'

/** Addresses that mean nothing outside one's own network: RFC 6890 without the ranges for documentation, which stand for real ones in examples. */
const internal: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

/** Whether an address is private by its nature, or one of the networks given; undefined for an address that may be told. */
export function addressClass(networks: readonly string[]): (address: string) => 'private' | 'own' | undefined {
  const privates = new BlockList()
  for (const [net, bits, family] of internal) privates.addSubnet(net, bits, family)
  const own = new BlockList()
  const beginnings: string[] = []
  for (const text of networks.map((one) => one.trim().toLowerCase())) {
    const [net = '', bits] = text.split('/')
    const version = isIP(net)
    const most = version === 4 ? 32 : 128
    const length = bits === undefined ? most : Number(bits)
    if (version !== 0 && Number.isInteger(length) && length >= 0 && length <= most)
      own.addSubnet(net, length, version === 4 ? 'ipv4' : 'ipv6')
    else if (/^[0-9a-f:.]{2,}[.:]$/.test(text)) beginnings.push(text)
  }
  return (address) => {
    const version = isIP(address)
    // A mapped address stands for the IPv4 address in it; whoever means that one writes it plainly.
    if (version === 0 || /^::ffff:/i.test(address)) return 'private'
    const family = version === 4 ? 'ipv4' : 'ipv6'
    if (privates.check(address, family)) return 'private'
    return own.check(address, family) || beginnings.some((one) => address.startsWith(one)) ? 'own' : undefined
  }
}
