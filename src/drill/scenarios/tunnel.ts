/** Somebody's tunnel through the VPN gateway. */
export interface Tunnel {
  readonly user: string
  /** Address it came from. */
  readonly remote: string
  /** Address it got inside. */
  readonly inside: string
  /** Name of the far computer. */
  readonly machine: string
  readonly id: number
  readonly from: number
}

/** A connection from a tunnel to a computer inside, when it ends; bytes as whoever began it counts them. */
export interface Passage {
  readonly ip: string
  readonly port: number
  readonly sent: number
  readonly received: number
  readonly seconds: number
  readonly fromPort: number
}

/** The words of one make of gateway: lines without what stands before them. `at` by the gateway's clock. */
export interface GatewayMake {
  readonly path: string
  up(tunnel: Tunnel, at: number): readonly string[]
  /** `sent` to the far side. */
  down(tunnel: Tunnel, at: number, bytes: { readonly sent: number; readonly received: number }): string
  refused(who: { readonly user: string; readonly remote: string }, at: number): string
  through(tunnel: Tunnel, to: Passage, at: number): string
}
