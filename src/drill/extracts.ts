import { dayOf } from './calendar.ts'
import type { Version } from './history.ts'
import type { Form, Meaning } from './record-forms.ts'
import type { Subscriber } from './subscribers.ts'

/** A dated copy handed to a vendor: which rows, which fields, written how. */
export interface Extract {
  readonly id: string
  readonly vendor: string
  readonly system: string
  readonly cut: number
  readonly delimiter: ',' | ';'
  readonly purpose: string
  readonly fields: readonly (readonly [header: string, meaning: Meaning, form: Form])[]
  readonly rows: (who: Subscriber, version: Version) => boolean
}

/** An invented vendor. */
export interface Vendor {
  readonly id: string
  readonly name: string
  readonly services: string
  readonly status: 'active' | 'ended'
  readonly ended?: string
}

export const vendors: readonly Vendor[] = [
  { id: 'citrine', name: 'Citrine Outreach', services: 'outbound call centre, renewals', status: 'active' },
  { id: 'pasir', name: 'Pasir Delivery', services: 'SIM card and handset delivery', status: 'active' },
  { id: 'bayu', name: 'Bayu Analytics', services: 'churn models', status: 'active' },
  { id: 'antrian', name: 'Antrian Systems', services: 'queue management in the stores', status: 'active' },
  { id: 'lentera', name: 'Lentera Rewards', services: 'loyalty programme', status: 'ended', ended: '2025-01-31' },
]

const live = (version: Version): boolean => version.status !== 'terminated'
const postpaid = (version: Version): boolean => version.plan.startsWith('Postpaid') || version.plan.startsWith('Talk')
const within = (version: Version, ...regions: readonly string[]): boolean => regions.includes(version.place.region)

const citrine = {
  vendor: 'citrine',
  system: 'crm',
  delimiter: ',',
  purpose: 'renewal calls',
  fields: [
    ['CUST_NAME', 'name', 'upper'],
    ['MOBILE_NO', 'msisdn', 'dashed'],
    ['EMAIL', 'email', 'plain'],
    ['PLAN', 'plan', 'plain'],
    ['STATUS', 'status', 'upper'],
    ['HANDSET', 'device', 'plain'],
    ['CITY', 'city', 'plain'],
    ['STATE', 'region', 'plain'],
    ['REG_DATE', 'registered', 'dmy'],
  ],
  rows: (who: Subscriber, version: Version) =>
    live(version) && who.segment === 'consumer' && within(version, 'Selangor', 'Kuala Lumpur', 'Negeri Sembilan', 'Melaka'),
} as const

const bayu = {
  vendor: 'bayu',
  system: 'dwh',
  delimiter: ',',
  purpose: 'churn model training',
  fields: [
    ['account_no', 'account_no', 'plain'],
    ['msisdn', 'msisdn', 'bare60'],
    ['dob', 'dob', 'plain'],
    ['email', 'email', 'plain'],
    ['tariff', 'plan', 'plain'],
    ['segment', 'segment', 'plain'],
    ['state', 'region', 'plain'],
    ['status', 'status', 'plain'],
    ['device_model', 'device', 'plain'],
    ['activated_on', 'registered', 'plain'],
  ],
  rows: (who: Subscriber) => who.segment !== 'vip' && Number(who.accountNo) % 10 < 6,
} as const

/** All extracts handed out, by id. Populations overlap; no two agree in day, fields, rows and forms. */
export const extracts: readonly Extract[] = [
  {
    id: 'antrian-2026-03',
    vendor: 'antrian',
    system: 'queue',
    cut: dayOf('2026-03-16'),
    delimiter: ';',
    purpose: 'greeting and routing at the counter',
    fields: [
      ['NAMA', 'name', 'plain'],
      ['NO_TELEFON', 'msisdn', 'local'],
      ['NO_KP', 'national_id', 'dashed'],
      ['PAKEJ', 'plan', 'plain'],
      ['MODEL_PERANTI', 'device', 'plain'],
      ['BANDAR', 'city', 'plain'],
      ['NEGERI', 'region', 'plain'],
      ['TARIKH_DAFTAR', 'registered', 'dmy-dash'],
    ],
    rows: (_who, version) => live(version) && within(version, 'Selangor', 'Johor', 'Pulau Pinang', 'Perak'),
  },
  { ...bayu, id: 'bayu-2025-11', cut: dayOf('2025-11-03') },
  { ...bayu, id: 'bayu-2026-05', cut: dayOf('2026-05-04') },
  { ...citrine, id: 'citrine-2026-02', cut: dayOf('2026-02-12') },
  { ...citrine, id: 'citrine-2026-06', cut: dayOf('2026-06-11') },
  {
    id: 'lentera-2024-09',
    vendor: 'lentera',
    system: 'dwh',
    cut: dayOf('2024-09-20'),
    delimiter: ',',
    purpose: 'loyalty tiers',
    fields: [
      ['full_name', 'name', 'plain'],
      ['phone', 'msisdn', 'plus60'],
      ['ic_no', 'national_id', 'plain'],
      ['birth_date', 'dob', 'dmy'],
      ['mail', 'email', 'plain'],
      ['plan', 'plan', 'plain'],
      ['handset', 'device', 'plain'],
      ['city', 'city', 'plain'],
    ],
    rows: (_who, version) => live(version) && postpaid(version),
  },
  {
    id: 'pasir-2026-04',
    vendor: 'pasir',
    system: 'crm',
    cut: dayOf('2026-04-22'),
    delimiter: ',',
    purpose: 'handset renewal deliveries',
    fields: [
      ['recipient', 'name', 'plain'],
      ['phone', 'msisdn', 'bare60'],
      ['address', 'address', 'plain'],
      ['postcode', 'postcode', 'plain'],
      ['city', 'city', 'plain'],
      ['device', 'device', 'plain'],
      ['sim_serial', 'iccid', 'plain'],
      ['plan', 'plan', 'plain'],
    ],
    rows: (who, version) => version.status === 'active' && postpaid(version) && who.index % 2 === 0,
  },
]
