/** The fields a generated operator keeps about a subscriber. */
export const leakFields = [
  'name',
  'msisdn',
  'imsi',
  'imei',
  'iccid',
  'national_id',
  'email',
  'contract',
  'cpe_serial',
  'mac',
  'dob',
  'address',
  'city',
  'state',
  'postcode',
  'plan',
  'status',
  'device',
  'segment',
  'activated',
] as const
export type LeakField = (typeof leakFields)[number]

/** Fields of which every extract and every leak has at least one: nearly every subscriber has them, and they single out. */
export const keyFields: readonly LeakField[] = ['msisdn', 'imsi', 'imei', 'iccid', 'national_id', 'email', 'contract']

/** A record in plain forms: phone numbers as E.164 digits, days as `YYYY-MM-DD`, '' where the base has nothing. */
export type LeakRecord = Readonly<Partial<Record<LeakField, string>>>

/** What an inventor of records is asked for, and what he may know: the rows of an older leak. */
export interface InventRequest {
  readonly seed: number
  readonly fields: readonly LeakField[]
  readonly rows: number
  readonly older: readonly LeakRecord[]
}

/** Makes records up; given from outside so that the generator of leaks does not judge its own inventions. Same request, same records. */
export type Inventor = (request: InventRequest) => { readonly style: string; readonly records: readonly LeakRecord[] }
