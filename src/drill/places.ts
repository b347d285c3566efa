import { skewed } from './random.ts'

/** A city with its region, postcode stem and the place code of national ids issued there. */
export interface Place {
  readonly region: string
  readonly city: string
  readonly postcode: string
  readonly birthCode: string
}

const regions: readonly (readonly [region: string, birthCode: string, cities: string])[] = [
  ['Selangor', '10', 'Petaling Jaya 46|Shah Alam 40|Klang 41|Subang Jaya 47|Kajang 43|Puchong 47|Rawang 48'],
  ['Kuala Lumpur', '14', 'Kuala Lumpur 50|Cheras 56|Setapak 53|Kepong 52|Bangsar 59'],
  ['Johor', '01', 'Johor Bahru 80|Skudai 81|Batu Pahat 83|Muar 84|Kluang 86'],
  ['Pulau Pinang', '07', 'George Town 10|Butterworth 12|Bayan Lepas 11|Bukit Mertajam 14'],
  ['Perak', '08', 'Ipoh 30|Taiping 34|Teluk Intan 36'],
  ['Sabah', '12', 'Kota Kinabalu 88|Sandakan 90|Tawau 91'],
  ['Sarawak', '13', 'Kuching 93|Miri 98|Sibu 96'],
  ['Kedah', '02', 'Alor Setar 05|Sungai Petani 08|Kulim 09'],
  ['Negeri Sembilan', '05', 'Seremban 70|Nilai 71'],
  ['Pahang', '06', 'Kuantan 25|Temerloh 28'],
  ['Kelantan', '03', 'Kota Bharu 15|Pasir Mas 17'],
  ['Melaka', '04', 'Melaka 75|Alor Gajah 78'],
  ['Terengganu', '11', 'Kuala Terengganu 20|Kemaman 24'],
]

const all: readonly Place[] = regions.flatMap(([region, birthCode, cities]) =>
  cities.split('|').map((city) => ({ region, birthCode, city: city.slice(0, -3), postcode: city.slice(-2) })),
)

/** Cities by share of subscribers, the largest regions first. */
export const drawPlace = skewed(all)

const streetWords =
  'Melur Kenanga Cempaka Bunga_Raya Mawar Dahlia Teratai Orkid Anggerik Melati Seroja Kemboja Tanjung Damai Harmoni Setia Bakti Jaya Indah Permai'.split(
    ' ',
  )

/** `12, Jalan Melur 3/4, Taman Damai`. */
export function addressLine(number: number): string {
  const street = streetWords[number % 20]?.replace('_', ' ')
  const garden = streetWords[(number >>> 5) % 20]?.replace('_', ' ')
  const lane = (number >>> 10) % 4 === 0 ? '' : ` ${((number >>> 12) % 9) + 1}/${((number >>> 16) % 24) + 1}`
  const unit =
    (number >>> 21) % 7 === 0 ? `A-${(number >>> 8) % 24}-${(number >>> 3) % 12}, ` : `${((number >>> 18) % 140) + 1}, `
  return `${unit}Jalan ${street}${lane}, Taman ${garden}`
}
