import { Random } from './random.ts'

/** A computer of the invented operator. */
export interface Machine {
  /** NetBIOS name, upper case. */
  readonly name: string
  readonly ip: string
  readonly role:
    | 'web'
    | 'application'
    | 'domain-controller'
    | 'admin-host'
    | 'file-server'
    | 'server'
    | 'workstation'
    | 'database'
}

/** The computers by what they do in the story and around it. */
export interface Estate {
  readonly domain: 'MERIDIAN'
  readonly dnsDomain: 'corp.meridian.example'
  /** Internet-facing self-care server: where the intrusion starts. */
  readonly web: Machine
  readonly application: Machine
  readonly controller: Machine
  /** Jump host from which the CDR database is administered. */
  readonly adminHost: Machine
  readonly database: Machine
  readonly billingDatabase: Machine
  readonly fileServer: Machine
  /** All Windows computers whose logs were handed over, the four of the story among them. */
  readonly windows: readonly Machine[]
  /** Workstations and call-centre terminals named as source of record access. */
  terminal(number: number): Machine
}

/** Draws the estate: names and addresses depend on the seed, so that nothing can be known in advance. */
export function drawEstate(seed: number): Estate {
  const random = new Random(seed, 'estate')
  const net = random.between(20, 59)
  const taken = new Set<string>()
  const machine = (role: Machine['role'], stem: string, segment: number): Machine => {
    let name = ''
    while (name === '' || taken.has(name)) name = `${stem}-${String(random.between(1, 9)).padStart(2, '0')}`
    taken.add(name)
    return { name, role, ip: `10.${net}.${segment}.${10 + taken.size}` }
  }
  const web = machine('web', 'SC-WEB', 1)
  const application = machine('application', random.pick(['CRM-APP', 'POS-APP', 'ORD-APP']), 2)
  const controller = machine('domain-controller', 'DC', 2)
  const adminHost = machine('admin-host', random.pick(['CDR-JMP', 'NET-JMP', 'DBA-JMP']), 4)
  const fileServer = machine('file-server', 'FS', 2)
  const windows = [
    web,
    application,
    controller,
    adminHost,
    fileServer,
    machine('domain-controller', 'DC', 2),
    machine('web', 'SC-WEB', 1),
    machine('application', 'BIL-APP', 2),
    machine('application', 'DWH-ETL', 2),
    machine('application', 'QMS-APP', 2),
    machine('server', 'MGMT', 3),
    machine('server', 'PRINT', 3),
    ...Array.from({ length: 9 }, () => machine('workstation', 'WS', 6)),
  ].map((one) => (one.role === 'workstation' ? { ...one, name: one.name.replace('WS-', 'WS-IT') } : one))
  return {
    domain: 'MERIDIAN',
    dnsDomain: 'corp.meridian.example',
    web,
    application,
    controller,
    adminHost,
    fileServer,
    windows,
    database: machine('database', 'cdr-db', 5),
    billingDatabase: machine('database', 'bil-db', 5),
    terminal: (number) => ({
      name: `CC-T${String(number).padStart(4, '0')}`,
      ip: `10.${net}.${64 + (number >> 8)}.${number & 255}`,
      role: 'workstation',
    }),
  }
}
