import type { AttributeKind, IdentifierKind } from '../persons/index.ts'

/** What a header says about its column, before any value is looked at. */
export type HeaderMeaning =
  | { readonly kind: 'identifier'; readonly identifier: IdentifierKind }
  | { readonly kind: 'field'; readonly field: string; readonly form: AttributeKind }
  | { readonly kind: 'valid-from' }
  | { readonly kind: 'valid-to' }
  | { readonly kind: 'secret' }

// Headers as slugs (`Phone No.` is `phone_no`), in English, Malay and Indonesian. First match counts.
const words: readonly (readonly [RegExp, HeaderMeaning])[] = [
  [/^(valid|version|effective)_(from|start)$/, { kind: 'valid-from' }],
  [/^(valid|version|effective)_(to|until|end)$/, { kind: 'valid-to' }],
  [/^(password|passwd|pwd|pass|kata_laluan|kata_sandi|sandi|url|login_url|host_url)$/, { kind: 'secret' }],
  [/^imsi(_no|_number)?$/, { kind: 'identifier', identifier: 'imsi' }],
  [/^(imei|imeisv)(_no|_number)?$/, { kind: 'identifier', identifier: 'imei' }],
  [/^(iccid|sim|sim_no|sim_number|sim_serial|sim_card|no_sim|nomor_sim)$/, { kind: 'identifier', identifier: 'iccid' }],
  [
    /^(msisdn|phone|telephone|tel|mobile|cell|subscriber|subscriber_number|contact)(_?(no|num|number|phone))?$/,
    { kind: 'identifier', identifier: 'msisdn' },
  ],
  [
    /^((no|nombor|nomor)_)?(telefon|telepon|telp|tel|hp|ponsel|telefon_bimbit|handphone)(_(bimbit|seluler|pelanggan))?$/,
    { kind: 'identifier', identifier: 'msisdn' },
  ],
  [
    /^(nric|ic|ic_no|ic_number|mykad|mykad_no|national_id|id_no|id_number|identity_no|identity_number|nik|nric_no)$/,
    { kind: 'identifier', identifier: 'national-id' },
  ],
  [/^((no|nombor|nomor)_)?(kp|k_p|ktp|kad_pengenalan|identitas)(_baru)?$/, { kind: 'identifier', identifier: 'national-id' }],
  [/^(e_?mail|mail|surel|e_?mel|alamat_(e_?mel|email|surel))(_addr|_address)?$/, { kind: 'identifier', identifier: 'email' }],
  [
    /^(account|acct|contract|customer|cust|subscriber|client|ba|billing_account)_(id|no|num|number|ref)$/,
    { kind: 'identifier', identifier: 'contract' },
  ],
  [
    /^(ip|ip_?addr|ip_?address|ipv[46]|(source|src|client|login|last|framed)_ip(_address)?|alamat_ip)$/,
    { kind: 'identifier', identifier: 'ip' },
  ],
  [
    /^(user_?name|login|login_name|login_id|user_?id|nama_pengguna|id_pengguna|pppoe_?user(name)?)$/,
    { kind: 'identifier', identifier: 'user-name' },
  ],
  [/^((no|nombor|nomor)_)?(akaun|kontrak|langganan)(_pelanggan)?$/, { kind: 'identifier', identifier: 'contract' }],
  [/^(cpe|ont|onu|gpon|router|modem|device)_(serial|sn)(_no|_number)?$/, { kind: 'identifier', identifier: 'cpe-serial' }],
  [/^(mac|mac_address|cpe_mac|wifi_mac)$/, { kind: 'identifier', identifier: 'mac' }],
  [
    /^(name|full_?name|customer_name|subscriber_name|cust_name|recipient|recipient_name|nama|nama_pelanggan|nama_penuh|nama_lengkap|nama_penerima)$/,
    { kind: 'field', field: 'name', form: 'name' },
  ],
  [
    /^(dob|date_of_birth|birth_?date|birthday|tarikh_lahir|tanggal_lahir|tgl_lahir)$/,
    { kind: 'field', field: 'date-of-birth', form: 'date' },
  ],
  [
    /^(address|addr|address_?1|street|home_address|billing_address|alamat|alamat_rumah)$/,
    { kind: 'field', field: 'address', form: 'place' },
  ],
  [/^(city|town|bandar|kota)$/, { kind: 'field', field: 'city', form: 'place' }],
  [/^(state|province|region|negeri|provinsi)$/, { kind: 'field', field: 'state', form: 'place' }],
  [/^(postcode|post_code|zip|zip_code|postal_code|poskod|kode_pos)$/, { kind: 'field', field: 'postcode', form: 'code' }],
  [/^(gender|sex|jantina|jenis_kelamin)$/, { kind: 'field', field: 'gender', form: 'code' }],
  [
    /^(plan|tariff|package|price_plan|plan_name|rate_plan|tariff_name|product|plan_code|tariff_code|pelan|pakej|paket)$/,
    { kind: 'field', field: 'plan', form: 'code' },
  ],
  [/^(status|account_status|line_status|sub_status|state_code)$/, { kind: 'field', field: 'status', form: 'code' }],
  [
    /^(device|handset|device_model|handset_model|phone_model|peranti|model_peranti)$/,
    { kind: 'field', field: 'device', form: 'code' },
  ],
  [
    /^(activated|activation|activation_date|activated_on|joined|join_date|created|created_at|created_on|registered|registered_on|registered_at|registration_date|reg_date|tarikh_daftar|tarikh_pendaftaran|tarikh_aktif|tanggal_daftar|tgl_daftar|tanggal_aktif)$/,
    { kind: 'field', field: 'activated', form: 'date' },
  ],
]

// Headers in scripts that have no slug, without spaces: Chinese in both character sets, Arabic.
const otherScripts: readonly (readonly [string, HeaderMeaning])[] = [
  [
    '电话 手机 手机号 手机号码 电话号码 联系电话 移动电话 電話 手機 手機號 手機號碼 電話號碼 聯絡電話 الهاتف رقمالهاتف الجوال رقمالجوال الموبايل رقمالموبايل رقمالهاتفالمحمول',
    { kind: 'identifier', identifier: 'msisdn' },
  ],
  ['身份证 身份证号 身份证号码 身份證 身份證號 身份證號碼 رقمالهوية الهوية', { kind: 'identifier', identifier: 'national-id' }],
  ['邮箱 电子邮件 电子邮箱 電郵 電子郵件 البريدالإلكتروني البريدالالكتروني', { kind: 'identifier', identifier: 'email' }],
  ['姓名 名字 客户姓名 用户姓名 客戶姓名 الاسم الإسم اسمالعميل الاسمالكامل', { kind: 'field', field: 'name', form: 'name' }],
  ['出生日期 生日 تاريخالميلاد', { kind: 'field', field: 'date-of-birth', form: 'date' }],
  ['地址 住址 العنوان', { kind: 'field', field: 'address', form: 'place' }],
  ['城市 المدينة', { kind: 'field', field: 'city', form: 'place' }],
  ['邮编 邮政编码 郵遞區號 الرمزالبريدي', { kind: 'field', field: 'postcode', form: 'code' }],
  ['性别 性別 الجنس', { kind: 'field', field: 'gender', form: 'code' }],
  ['套餐 الباقة', { kind: 'field', field: 'plan', form: 'code' }],
  ['状态 狀態 الحالة', { kind: 'field', field: 'status', form: 'code' }],
  ['密码 密碼 كلمةالمرور كلمةالسر', { kind: 'secret' }],
].flatMap(([headers, meaning]) =>
  (headers as string).split(' ').map((header): readonly [string, HeaderMeaning] => [header, meaning as HeaderMeaning]),
)
const inOtherScripts = new Map(otherScripts)

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
  if (!/[a-z]/.test(text))
    return inOtherScripts.get(header.normalize('NFKC').replace(/[\s0-9_:\u061C\u200B-\u200F\uFEFF-]+/g, ''))
  return words.find(([pattern]) => pattern.test(text))?.[1]
}
