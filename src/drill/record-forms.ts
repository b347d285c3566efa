import { dayText } from './calendar.ts'
import type { Version } from './history.ts'
import type { Subscriber } from './subscribers.ts'

/** What a column of a customer table means. */
export type Meaning =
  | 'account_no'
  | 'msisdn'
  | 'name'
  | 'national_id'
  | 'dob'
  | 'email'
  | 'iccid'
  | 'plan'
  | 'status'
  | 'segment'
  | 'region'
  | 'address'
  | 'city'
  | 'postcode'
  | 'device'
  | 'registered'

/** How a value is written: every system and every vendor has its own habits. */
export type Form = 'plain' | 'local' | 'dashed' | 'plus60' | 'bare60' | 'dmy' | 'dmy-dash' | 'upper' | 'title'

/** A record as it stood on a day, in the forms of the own CRM: `122345678` for the number, ISO days. */
export function valueOf(meaning: Meaning, who: Subscriber, version: Version): string {
  switch (meaning) {
    case 'account_no':
      return who.accountNo
    case 'msisdn':
      return who.number
    case 'name':
      return who.name
    case 'national_id':
      return who.nationalId
    case 'dob':
      return who.dob
    case 'email':
      return who.email
    case 'iccid':
      return who.iccid
    case 'plan':
      return version.plan
    case 'status':
      return version.status
    case 'segment':
      return who.segment
    case 'region':
      return version.place.region
    case 'address':
      return version.address
    case 'city':
      return version.place.city
    case 'postcode':
      return `${version.place.postcode}${String((who.index * 37) % 1000).padStart(3, '0')}`
    case 'device':
      return version.device
    case 'registered':
      return dayText(who.registered)
  }
}

/** Writes a value in a form; an empty value stays empty. */
export function inForm(meaning: Meaning, value: string, form: Form): string {
  if (value === '') return ''
  switch (form) {
    case 'plain':
      return meaning === 'msisdn' ? `0${value}` : value
    case 'local':
      return `0${value}`
    case 'dashed':
      return meaning === 'msisdn' ? `0${value.slice(0, 2)}-${value.slice(2, 5)} ${value.slice(5)}` : dashedId(value)
    case 'plus60':
      return `+60${value}`
    case 'bare60':
      return `60${value}`
    case 'dmy':
      return `${value.slice(8, 10)}/${value.slice(5, 7)}/${value.slice(0, 4)}`
    case 'dmy-dash':
      return `${value.slice(8, 10)}-${value.slice(5, 7)}-${value.slice(0, 4)}`
    case 'upper':
      return value.toUpperCase()
    case 'title':
      return `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`
  }
}

function dashedId(value: string): string {
  return /^\d{12}$/.test(value) ? `${value.slice(0, 6)}-${value.slice(6, 8)}-${value.slice(8)}` : value
}
