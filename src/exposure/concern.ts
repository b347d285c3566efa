import type { Product, Registered } from '../inventory/index.ts'
import type { Advisory, Concerned } from './advisory.ts'
import type { NameBasis, ProductName } from './product-name.ts'
import { sameProduct } from './product-name.ts'
import { inRange } from './version-range.ts'

/** What one advisory says of one product of the estate. */
export interface Concern {
  readonly advisory: Advisory
  readonly basis: NameBasis
  /** `check`: it may be affected; what is needed to tell stands in `why`. */
  readonly status: 'affected' | 'excluded' | 'check'
  readonly why: string
}

/** A product of the estate with the names it is compared by, and its version where one is known. */
export interface EstateProduct {
  readonly entry: Registered<Product>
  readonly name: ProductName
  readonly version?: string
}

/** An advisory's statement with its names. */
export interface Statement {
  readonly concerned: Concerned
  readonly name: ProductName
}

/**
 * What an advisory says of a product (rules E1 to E3). Undefined where none of its names means it, or nothing is said of its version. A version inside an affected range is affected; inside
 * a fixed or not affected one, or outside of every affected range with bounds, excluded; everything else is to be checked.
 */
export function concernOf(product: EstateProduct, advisory: Advisory, statements: readonly Statement[]): Concern | undefined {
  const met = statements.flatMap(({ concerned, name }) => {
    const basis = sameProduct(product.name, name)
    return basis === undefined ? [] : [{ concerned, basis }]
  })
  const [first] = met
  if (first === undefined) return undefined
  const basis = order.find((one) => met.some((each) => each.basis === one)) ?? first.basis
  const say = (status: Concern['status'], why: string): Concern => ({ advisory, basis, status, why })
  const { version } = product
  const sound = met.filter((one) => one.basis !== 'vendor')
  if (sound.length === 0) return say('check', 'the advisory names several products of this vendor, none of them by name')
  const ranges = sound.filter(({ concerned }) => concerned.versions !== undefined)
  if (ranges.length === 0) {
    const stated = sound.some(({ concerned }) => concerned.status === 'affected')
    if (!stated)
      return say(
        sound.some(({ concerned }) => concerned.status === 'under-investigation') ? 'check' : 'excluded',
        `stated as ${sound[0]?.concerned.status ?? ''}, without versions`,
      )
    return say('check', 'the advisory names no versions')
  }
  if (version === undefined)
    return say('check', `the inventory names no version; affected: ${texts(ranges, 'affected') || 'not stated'}`)
  const inside = (status: Concerned['status']): string | undefined =>
    ranges.find(
      ({ concerned }) =>
        concerned.status === status && concerned.versions !== undefined && inRange(concerned.versions, version) === true,
    )?.concerned.versions?.text
  const affected = inside('affected')
  if (affected !== undefined) return say('affected', `version ${version} is in ${affected}`)
  const fixed = inside('fixed') ?? inside('not-affected')
  if (fixed !== undefined) return say('excluded', `version ${version} is in ${fixed}, which is stated as fixed or not affected`)
  const examined = inside('under-investigation')
  if (examined !== undefined) return say('check', `version ${version} is in ${examined}, which is under investigation`)
  const affectedRanges = ranges.filter(({ concerned }) => concerned.status === 'affected')
  const bounded = affectedRanges.filter(
    ({ concerned }) => concerned.versions?.stretches.some((stretch) => stretch.some(({ is }) => is !== '=')) === true,
  )
  const outside = affectedRanges.every(
    ({ concerned }) => concerned.versions !== undefined && inRange(concerned.versions, version) === false,
  )
  if (bounded.length > 0 && outside)
    return say('excluded', `version ${version} is outside of ${texts(affectedRanges, 'affected')}`)
  if (affectedRanges.length === 0 && ranges.length === sound.length) return undefined
  return say('check', `version ${version} is not among those named: ${texts(ranges, 'affected') || texts(ranges, 'fixed')}`)
}

const order: readonly NameBasis[] = ['cpe', 'purl', 'name', 'vendor']

/** Ranges told of one product in a sentence. */
const mostTold = 4

function texts(ranges: readonly { readonly concerned: Concerned }[], status: Concerned['status']): string {
  const all = [
    ...new Set(
      ranges.filter(({ concerned }) => concerned.status === status).map(({ concerned }) => concerned.versions?.text ?? ''),
    ),
  ]
  return `${all.slice(0, mostTold).join(', ')}${all.length > mostTold ? `, ${all.length - mostTold} more` : ''}`
}
