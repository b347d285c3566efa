import type { Random } from '../../src/drill/index.ts'

const names = [
  'Aisyah Rahman',
  'Daniel Ooi',
  'Farid Hassan',
  'Grace Lim',
  'Hafiz Omar',
  'Ivy Tan',
  'Kavitha Nair',
  'Lukas Brandt',
  'Mei Wong',
  'Nadia Karim',
]
const cities = ['Kuala Lumpur', 'Penang', 'Ipoh', 'Johor Bahru', 'Kuching', 'Melaka']
const states = ['Active', 'Suspended', 'Pending', 'Closed', 'Barred']
const levels = ['Critical', 'Major', 'Minor', 'Warning']
const words = [
  'Link down',
  'High temperature',
  'Loss of signal',
  'Door open',
  'Power failure',
  'Packet loss',
  'Disk almost full',
  'Clock not in step',
]
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.below(10)).join('')

/** How the cells of a column are made; all invented. */
export const cells = {
  account: (random: Random) => `A${digits(random, 7)}`,
  name: (random: Random) => random.pick(names),
  phone: (random: Random) => `601${digits(random, 8)}`,
  imsi: (random: Random) => `50299${digits(random, 10)}`,
  plan: (random: Random) => random.pick(['Hotlink 35', 'Family 128', 'Fibre 300', 'Prepaid 10', 'Business 98']),
  state: (random: Random) => random.pick(states),
  city: (random: Random) => random.pick(cities),
  day: (random: Random) => `2026-0${random.between(1, 9)}-${random.between(10, 28)}`,
  time: (random: Random) => `${random.between(10, 23)}:${random.between(10, 59)}:${random.between(10, 59)}`,
  money: (random: Random) => `${random.between(1, 9)},${random.between(100, 999)}.${random.between(10, 99)}`,
  count: (random: Random) => String(random.between(20, 9_800)),
  level: (random: Random) => random.pick(levels),
  alarm: (random: Random) => random.pick(words),
  host: (random: Random) =>
    `${random.pick(['core', 'edge', 'agg', 'dist'])}-${random.pick(['kul', 'pen', 'jhb', 'kch'])}${random.between(1, 9)}.net.meridian.example`,
  foreign: (random: Random) => `${random.pick(['node', 'gw', 'bts'])}-${random.between(10, 99)}.harrow.example`,
  address: (random: Random) => `10.${random.between(10, 99)}.${random.between(2, 250)}.${random.between(2, 250)}`,
  mail: (random: Random) => `${random.pick(names).toLowerCase().replace(' ', '.')}@meridian.example`,
  ticket: (random: Random) => `INC${digits(random, 6)}`,
  token: (random: Random) => `${random.pick(['A', 'B', 'C', 'P'])}${random.between(100, 999)}`,
  size: (random: Random) => `${random.between(2, 900)}.${random.between(1, 9)} MiB`,
  table: (random: Random) =>
    random.pick(['subscriber', 'invoice', 'payment', 'call_record', 'sim_card', 'contract', 'address_book', 'audit_trail']),
  percent: (random: Random) => `${random.between(1, 98)}.${random.between(1, 9)} %`,
} as const
