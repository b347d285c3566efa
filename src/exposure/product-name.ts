/** A product by its names: words of vendor and product, and what a CPE or a package URL says. */
export interface ProductName {
  readonly vendor: readonly string[]
  readonly product: readonly string[]
  readonly cpe?: Cpe
  readonly purl?: Purl
}

interface Cpe {
  readonly part: string
  readonly vendor: string
  readonly product: string
  readonly version?: string
}

interface Purl {
  /** `npm/@scope/name`: type, namespace and name. */
  readonly name: string
  readonly version?: string
}

/** Names as they stand in an estate or an advisory. */
interface Names {
  readonly vendor?: string
  readonly product?: string
  readonly cpe?: string
  readonly purl?: string
}

/** How two names were found to mean one product: by CPE, by package URL, by vendor and product in words, or by the vendor alone. */
export type NameBasis = 'cpe' | 'purl' | 'name' | 'vendor'

export function productName({ vendor, product, cpe, purl }: Names): ProductName {
  const known = cpe === undefined ? undefined : readCpe(cpe)
  const packaged = purl === undefined ? undefined : readPurl(purl)
  const maker = vendor ?? known?.vendor
  const made = product ?? known?.product ?? packaged?.name.split('/').at(-1)
  const vendorWords = maker === undefined ? [] : words(maker).filter((word) => !legalForms.has(word))
  return {
    vendor: vendorWords,
    product: made === undefined ? [] : withoutVendor(words(made), vendorWords),
    ...(known === undefined ? {} : { cpe: known }),
    ...(packaged === undefined ? {} : { purl: packaged }),
  }
}

/**
 * Does an advisory's name mean a product of the estate? CPEs and package URLs decide where both have one. In words the vendor must be the same (or
 * stand in front of the product's name), and the advisory's words must stand together in the product's. Undefined: no.
 */
export function sameProduct(estate: ProductName, advisory: ProductName): NameBasis | undefined {
  if (estate.purl !== undefined && advisory.purl !== undefined)
    return estate.purl.name === advisory.purl.name ? 'purl' : undefined
  if (estate.cpe !== undefined && advisory.cpe !== undefined) {
    const [a, b] = [estate.cpe, advisory.cpe]
    return a.part === b.part && a.vendor === b.vendor && a.product === b.product ? 'cpe' : undefined
  }
  if (advisory.vendor.length === 0) return undefined
  const named = estate.vendor.length > 0
  if (named && !startsWith(estate.vendor, advisory.vendor) && !startsWith(advisory.vendor, estate.vendor)) return undefined
  if (!named && !startsWith(estate.product, advisory.vendor)) return undefined
  if (advisory.product.length === 0) return 'vendor'
  const product = withoutVendor(estate.product, advisory.vendor)
  return stands(advisory.product, product) ? 'name' : undefined
}

/** CPE 2.3 formatted string (NISTIR 7695, section 6.2) or 2.2 URI; undefined where it is neither. */
export function readCpe(text: string): Cpe | undefined {
  const formatted = /^cpe:2\.3:/i.test(text)
  if (!formatted && !/^cpe:\//i.test(text)) return undefined
  const fields = formatted ? splitEscaped(text).slice(2) : text.slice(5).split(':')
  const [part = '', vendor = '', product = '', version = ''] = fields.map((field) => field.toLowerCase().replace(/\\(.)/g, '$1'))
  if (vendor === '' || product === '') return undefined
  return { part, vendor, product, ...(version === '' || version === '*' || version === '-' ? {} : { version }) }
}

/** Package URL: type, namespace, name and version; undefined where it is none. */
export function readPurl(text: string): Purl | undefined {
  const found = /^pkg:\/*([A-Za-z0-9.+-]{1,50}\/[^?#\s]{1,500})/.exec(text)
  if (found === null) return undefined
  const whole = found[1] ?? ''
  const at = whole.lastIndexOf('@')
  const cut = at > whole.lastIndexOf('/') ? at : -1
  const name = (cut < 0 ? whole : whole.slice(0, cut)).toLowerCase()
  const version = cut < 0 ? '' : whole.slice(cut + 1)
  return { name, ...(version === '' ? {} : { version }) }
}

const legalForms = new Set(
  'inc incorporated corp corporation ltd limited llc gmbh ag sa bhd sdn co company plc pty the foundation project'.split(' '),
)

function words(text: string): string[] {
  return (
    text
      .toLowerCase()
      .slice(0, 500)
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function withoutVendor(product: readonly string[], vendor: readonly string[]): readonly string[] {
  return vendor.length > 0 && product.length > vendor.length && startsWith(product, vendor)
    ? product.slice(vendor.length)
    : product
}

function startsWith(whole: readonly string[], start: readonly string[]): boolean {
  return start.length <= whole.length && start.every((word, at) => whole[at] === word)
}

function stands(part: readonly string[], whole: readonly string[]): boolean {
  for (let from = 0; from + part.length <= whole.length; from += 1)
    if (part.every((word, at) => whole[from + at] === word)) return true
  return false
}

function splitEscaped(text: string): string[] {
  const fields: string[] = []
  let field = ''
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') {
      field += text.slice(at, at + 2)
      at += 1
    } else if (text[at] === ':') {
      fields.push(field)
      field = ''
    } else field += text[at] ?? ''
  }
  return [...fields, field]
}
