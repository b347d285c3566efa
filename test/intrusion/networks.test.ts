import { expect, test } from 'vitest'
import type { Vendor } from '../../src/inventory/index.ts'
import { networksOf } from '../../src/intrusion/usual/networks.ts'

const vendor = (id: string, networks: readonly string[]): Vendor => ({
  kind: 'vendor',
  id,
  name: id,
  status: 'active',
  services: [],
  networks,
})

test('an address lies in the network of the partner that lists it as a whole, as a network or by its beginning', () => {
  const of = networksOf([vendor('a', ['10.9.']), vendor('b', ['172.30.8.0/22']), vendor('c', ['198.51.100.61'])])
  expect(of('10.9.4.1')?.id).toBe('a')
  expect(of('172.30.11.255')?.id).toBe('b')
  expect(of('198.51.100.61')?.id).toBe('c')
  expect(of('::ffff:10.9.4.1')?.id).toBe('a')
})

test('a beginning ends where a number ends, and neighbours of a network lie in none', () => {
  const of = networksOf([vendor('a', ['10.9']), vendor('b', ['172.30.8.0/22']), vendor('c', ['198.51.100.6', ''])])
  expect(of('10.90.4.1')).toBeUndefined()
  expect(of('10.9.4.1')?.id).toBe('a')
  expect(of('172.30.12.0')).toBeUndefined()
  expect(of('198.51.100.61')).toBeUndefined()
  expect(of('')).toBeUndefined()
  expect(of('fe80::1')).toBeUndefined()
})

test('the narrowest network counts, whoever is listed first; a network that is none matches nothing', () => {
  const wide = vendor('wide', ['10.0.0.0/8'])
  const narrow = vendor('narrow', ['10.9.4.0/24'])
  expect(networksOf([wide, narrow])('10.9.4.7')?.id).toBe('narrow')
  expect(networksOf([narrow, wide])('10.9.4.7')?.id).toBe('narrow')
  const none = networksOf([vendor('x', ['10.0.0.0/0', '10.0.0.0/33', '999.1.1.1/8', 'vpn'])])
  expect(none('10.9.4.7')).toBeUndefined()
})
