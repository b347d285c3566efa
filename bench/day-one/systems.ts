import { valueOn, type Customer } from './customers.ts'

/** How a system keeps an attribute: under which name, and written how. */
interface Kept {
  readonly attribute: string
  readonly name: string
  readonly written?: (value: string) => string
}

/** A system of the operator: whom it holds and which columns. */
export interface SystemKind {
  readonly name: string
  readonly holds: (customer: Customer, day: number) => boolean
  readonly columns: readonly Kept[]
}

const planCodes: Readonly<Record<string, string>> = {
  'Meridian 38': 'PP038',
  'Meridian 58': 'PP058',
  'Meridian 98': 'PP098',
  'Family 128': 'FM128',
  'Biz 88': 'BZ088',
  'Lite 18': 'LT018',
}

const dayFirst = (value: string): string => value.split('-').toReversed().join('/')
const national = (value: string): string => `0${value.slice(2, 4)}-${value.slice(4)}`
const keep = (attribute: string, name = attribute, written?: (value: string) => string): Kept => ({
  attribute,
  name,
  ...(written === undefined ? {} : { written }),
})
const isOpen = (customer: Customer, day: number): boolean => customer.created <= day && customer.closed > day

/** Systems as operators have them: overlapping populations, own names, own codes; `CRM` and `Warehouse` keep the same values. */
export const systemKinds: readonly SystemKind[] = [
  {
    name: 'CRM',
    holds: (customer, day) => customer.created <= day && !customer.prepaid,
    columns: [
      keep('account', 'account_no'),
      keep('name', 'full_name'),
      keep('nric', 'nric'),
      keep('msisdn', 'msisdn'),
      keep('email', 'email'),
      keep('address', 'address'),
      keep('city', 'city'),
      keep('plan', 'plan'),
      keep('status', 'status'),
      keep('activated', 'activation_date'),
    ],
  },
  {
    name: 'Billing',
    holds: (customer, day) => isOpen(customer, day) && !customer.prepaid,
    columns: [
      keep('account', 'BILL_ACCOUNT_NO'),
      keep('name', 'CUST_NAME', (value) => value.toUpperCase()),
      keep('msisdn', 'SERVICE_NO', national),
      keep('address', 'BILL_ADDRESS'),
      keep('plan', 'TARIFF_CODE', (value) => planCodes[value] ?? value),
      keep('balance', 'BALANCE'),
      keep('activated', 'START_DATE', dayFirst),
    ],
  },
  {
    name: 'Subscriber register',
    holds: (customer, day) => isOpen(customer, day) && customer.mobile,
    columns: [
      keep('msisdn', 'msisdn'),
      keep('imsi', 'imsi'),
      keep('iccid', 'iccid'),
      keep('imei', 'imei'),
      keep('device', 'handset'),
      keep('status', 'state', (value) => (value === 'active' ? 'A' : 'S')),
      keep('activated', 'created_at', (value) => `${value}T00:00:00`),
    ],
  },
  {
    name: 'Broadband inventory',
    holds: (customer, day) => isOpen(customer, day) && customer.broadband,
    columns: [
      keep('serial', 'modem serial'),
      keep('mac', 'mac'),
      keep('modem', 'modem model'),
      keep('line', 'line type'),
      keep('city', 'exchange'),
    ],
  },
  {
    name: 'Loyalty',
    holds: (customer, day) => isOpen(customer, day) && customer.loyal,
    columns: [
      keep('msisdn', 'mobileNo'),
      keep('name', 'memberName'),
      keep('email', 'email'),
      keep('points', 'points'),
      keep('tier', 'tier'),
      keep('activated', 'joinDate'),
    ],
  },
  {
    name: 'Prepaid register',
    holds: (customer, day) => isOpen(customer, day) && customer.prepaid,
    columns: [
      keep('msisdn', 'msisdn'),
      keep('name', 'name'),
      keep('nric', 'ic_no'),
      keep('address', 'address'),
      keep('city', 'city'),
      keep('device', 'device'),
      keep('activated', 'registered_on'),
    ],
  },
  {
    name: 'Warehouse',
    holds: (customer, day) => customer.created <= day,
    columns: [
      keep('account', 'acct_id'),
      keep('msisdn', 'msisdn'),
      keep('name', 'name'),
      keep('city', 'city'),
      keep('plan', 'plan_name'),
      keep('device', 'device'),
      keep('status', 'status'),
      keep('activated', 'activated'),
      keep('tier', 'tier'),
    ],
  },
]

/** The row of a customer in a system on a day. */
export function rowOf(kind: SystemKind, customer: Customer, day: number): string[] {
  return kind.columns.map(({ attribute, written }) => {
    const value = valueOn(customer, attribute, day)
    return value === '' || written === undefined ? value : written(value)
  })
}
