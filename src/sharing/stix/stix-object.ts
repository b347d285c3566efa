/** An object of STIX 2.1 as it stands in a bundle. */
export interface StixObject {
  readonly type: string
  readonly spec_version: '2.1'
  readonly id: string
  readonly created: string
  readonly modified?: string
  readonly [property: string]: unknown
}

/** A bundle. */
export interface StixBundle {
  readonly type: 'bundle'
  readonly id: string
  readonly objects: readonly StixObject[]
}
