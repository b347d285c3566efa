import type { AttributeKind, IdentifierKind } from '../persons/index.ts'

/** What a header says about its column, before any value is looked at. */
export type HeaderMeaning =
  | { readonly kind: 'identifier'; readonly identifier: IdentifierKind }
  | { readonly kind: 'field'; readonly field: string; readonly form: AttributeKind }
  | { readonly kind: 'valid-from' }
  | { readonly kind: 'valid-to' }
  | { readonly kind: 'secret' }

// Headers as slugs (`Phone No.` is `phone_no`), in English and Malay. First match counts.
const words: readonly (readonly [RegExp, HeaderMeaning])[] = [
  [/^(valid|version|effective)_(from|start)$/, { kind: 'valid-from' }],
  [/^(valid|version|effective)_(to|until|end)$/, { kind: 'valid-to' }],
  [/^(password|passwd|pwd|pass|url|login_url|host_url)$/, { kind: 'secret' }],
  [/^imsi(_no|_number)?$/, { kind: 'identifier', identifier: 'imsi' }],
  [/^(imei|imeisv)(_no|_number)?$/, { kind: 'identifier', identifier: 'imei' }],
  [/^(iccid|sim|sim_no|sim_number|sim_serial)$/, { kind: 'identifier', identifier: 'iccid' }],
  [
    /^(msisdn|phone|telephone|tel|mobile|cell|subscriber|subscriber_number|contact)(_?(no|num|number|phone))?$/,
    { kind: 'identifier', identifier: 'msisdn' },
  ],
  [
    /^((no|nombor)_)?(telefon|tel|hp|telefon_bimbit|handphone)(_(bimbit|pelanggan))?$/,
    { kind: 'identifier', identifier: 'msisdn' },
  ],
  [
    /^(nric|ic|ic_no|ic_number|mykad|mykad_no|national_id|id_no|id_number|identity_no|identity_number|nik|nric_no)$/,
    { kind: 'identifier', identifier: 'national-id' },
  ],
  [/^((no|nombor)_)?(kp|k_p|kad_pengenalan)(_baru)?$/, { kind: 'identifier', identifier: 'national-id' }],
  [/^(e_?mail|e_?mel|alamat_e_?mel)(_addr|_address)?$/, { kind: 'identifier', identifier: 'email' }],
  [
    /^(account|acct|contract|customer|cust|subscriber|client|ba|billing_account)_(id|no|num|number|ref)$/,
    { kind: 'identifier', identifier: 'contract' },
  ],
  [/^((no|nombor)_)?akaun(_pelanggan)?$/, { kind: 'identifier', identifier: 'contract' }],
  [/^(cpe|ont|onu|router|modem|device)_serial(_no|_number)?$/, { kind: 'identifier', identifier: 'cpe-serial' }],
  [/^(mac|mac_address|cpe_mac|wifi_mac)$/, { kind: 'identifier', identifier: 'mac' }],
  [
    /^(name|full_?name|customer_name|subscriber_name|cust_name|nama|nama_pelanggan|nama_penuh)$/,
    { kind: 'field', field: 'name', form: 'name' },
  ],
  [/^(dob|date_of_birth|birth_?date|birthday|tarikh_lahir)$/, { kind: 'field', field: 'date-of-birth', form: 'date' }],
  [/^(address|addr|address_?1|street|home_address|billing_address|alamat)$/, { kind: 'field', field: 'address', form: 'place' }],
  [/^(city|town|bandar)$/, { kind: 'field', field: 'city', form: 'place' }],
  [/^(state|province|region|negeri)$/, { kind: 'field', field: 'state', form: 'place' }],
  [/^(postcode|post_code|zip|zip_code|postal_code|poskod)$/, { kind: 'field', field: 'postcode', form: 'code' }],
  [/^(gender|sex|jantina)$/, { kind: 'field', field: 'gender', form: 'code' }],
  [
    /^(plan|tariff|package|price_plan|plan_name|rate_plan|tariff_name|product|plan_code|tariff_code|pelan|pakej)$/,
    { kind: 'field', field: 'plan', form: 'code' },
  ],
  [/^(status|account_status|line_status|sub_status|state_code)$/, { kind: 'field', field: 'status', form: 'code' }],
  [
    /^(device|handset|device_model|handset_model|phone_model|peranti|model_peranti)$/,
    { kind: 'field', field: 'device', form: 'code' },
  ],
  [
    /^(activated|activation|activation_date|activated_on|joined|join_date|created|created_at|created_on|registered|registered_on|registration_date|tarikh_daftar|tarikh_pendaftaran|tarikh_aktif)$/,
    { kind: 'field', field: 'activated', form: 'date' },
  ],
]

/** `Phone No.` is `phone_no`. */
export function slug(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_/, '')
    .replace(/_$/, '')
    .slice(0, 60)
}

/** The meaning that the header alone suggests. */
export function headerMeaning(header: string): HeaderMeaning | undefined {
  const text = slug(header)
  return words.find(([pattern]) => pattern.test(text))?.[1]
}
