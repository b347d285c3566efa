import { skewed } from './random.ts'

/** Plans of the invented operator, most common first. */
const plans = [
  'Prepaid Hari 10',
  'Postpaid 58',
  'Prepaid Bulan 30',
  'Postpaid 88',
  'Postpaid 38',
  'Fibre Home 100',
  'Postpaid 128',
  'Prepaid Data 15',
  'Fibre Home 300',
  'Biz Mobile 98',
  'Biz Fibre 500',
  'Postpaid 188',
] as const
const oldPlans = ['Prepaid Classic', 'Talk 50', 'Talk 80', 'Surf 28', 'Surf 48', 'Biz One'] as const

/** Invented handset models; Zipf shares. */
const devices = [
  'Kestrel K5',
  'Lumo 12',
  'Kestrel K7 Pro',
  'Orbi A3',
  'Lumo 14',
  'Senja S2',
  'Orbi A5s',
  'Kestrel K3',
  'Bayan B9',
  'Lumo 11 Mini',
  'Senja S4 Plus',
  'Tarra T1',
  'Orbi X',
  'Bayan B7',
  'Kestrel Fold',
  'Tarra T3 5G',
  'Lumo 9',
  'Senja Lite',
] as const

const segments = ['consumer', 'sme', 'corporate', 'vip'] as const
export type Segment = (typeof segments)[number]
export type Status = 'active' | 'suspended' | 'barred' | 'terminated'

const current = skewed(plans)
const old = skewed(oldPlans)

/** A plan on sale on a day: the old catalogue ended with 2018. */
export function drawPlan(random: Parameters<typeof current>[0], year: number): string {
  return year < 2019 ? old(random) : current(random)
}
export const drawDevice = skewed(devices)
export const drawSegment = skewed(segments, [88, 8, 3.6, 0.4])

/** Reserved names (RFC 2606) by share, so that no generated address can belong to anybody. */
export const drawMailDomain = skewed(
  [
    'mail.example',
    'pos.example',
    'webmail.example',
    'kotakmel.example',
    'surat.example',
    'office.example',
    'uni.example',
    'meridian.example',
  ],
  [52, 17, 11, 7, 5, 4, 3, 1],
)
