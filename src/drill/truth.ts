/** What is true of a generated breach: sealed beside the case folder, never inside it. Times are epoch milliseconds as ISO text, UTC. */
export interface Truth {
  readonly scenario: 'demo'
  readonly seed: number
  readonly size: number
  readonly generated: true
  readonly operator: string
  readonly claim: {
    readonly actor: string
    readonly posts: number
    readonly postedAt: readonly string[]
    readonly demand: string
    readonly deadline: string
    /** ISO 8601 duration of the recurring threat. */
    readonly deadlineEvery: string
    readonly claimedSubscribers: number
    readonly actualSubscribers: number
    readonly sampleLines: number
  }
  readonly provenance: {
    readonly copy: string
    readonly file: string
    readonly holder: string
    readonly system: string
    /** Day the copy was cut, which the sample's values agree with. */
    readonly asOf: string
    readonly rows: number
    readonly sourceRows: number
    readonly paddingRows: number
    readonly paddingLeak: string
    readonly decoys: readonly string[]
  }
  readonly intrusion: {
    readonly entry: string
    /** The hosts it leads over, in order, entry server not among them. */
    readonly hosts: readonly string[]
    readonly database: string
    readonly accounts: readonly string[]
    readonly madeAccount: string
    readonly webShell: string
    readonly addresses: readonly string[]
    readonly stages: readonly { readonly stage: string; readonly host: string; readonly at: string }[]
    readonly takenBytes: number
    readonly silent: readonly { readonly host: string; readonly from: string; readonly to: string; readonly eventsLost: number }[]
  }
  readonly lookups: {
    /** E.164 digits. */
    readonly watched: readonly string[]
    readonly petty: readonly string[]
    readonly stolenAccounts: readonly string[]
    readonly databaseAccount: string
    readonly accesses: number
    readonly covertAccesses: number
    readonly untoldContacts: number
    readonly blind: { readonly file: string; readonly accesses: number }
  }
  readonly counts: {
    readonly events: number
    readonly webRequests: number
    readonly explanations: number
    readonly ownCopyRows: number
  }
  readonly files: readonly { readonly path: string; readonly lines: number; readonly bytes: number; readonly sha256: string }[]
}
