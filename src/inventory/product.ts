/** A product in use: software or a device, on a host or as part of a system. */
export interface Product {
  readonly kind: 'product'
  readonly id: string
  readonly name: string
  /** Who makes it, as it writes itself. */
  readonly vendor?: string
  /** As the product tells it; absent = not known. */
  readonly version?: string
  /** CPE 2.3 formatted string (NISTIR 7695), or a CPE 2.2 URI. */
  readonly cpe?: string
  /** Package URL. */
  readonly purl?: string
  /** Id of the system it belongs to. */
  readonly system?: string
  readonly host?: string
}

/** An address and port that somebody outside can reach, as a scan or a list states it. */
export interface Endpoint {
  readonly kind: 'endpoint'
  readonly id: string
  /** Host name or address. */
  readonly host: string
  readonly port?: number
  readonly protocol?: string
  readonly service?: string
  /** What answers there, where that is told. */
  readonly product?: string
  readonly version?: string
  readonly cpe?: string
  /** Day it was seen, `YYYY-MM-DD`. */
  readonly seen?: string
}
