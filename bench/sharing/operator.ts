import { join } from 'node:path'
import {
  actingPerson,
  addPeer,
  caseDesk,
  investigate,
  openWorkspace,
  reportedSightings,
  shelfOf,
  type Answer,
  type SubscribeAnswer,
  type Workspace,
  type World,
} from '../../src/app/index.ts'
import { serve } from '../../src/server/index.ts'

/** An operator with a workspace and a clock of its own. One of them has its lake open at a time: the engine holds one per process. */
export class Operator {
  readonly #folder: string
  readonly #world: World
  #now = 0

  constructor(folder: string, name: string) {
    this.#folder = folder
    this.#world = {
      now: () => new Date(this.#now).toISOString(),
      pid: process.pid,
      env: { BREACHLINE_KEYS: join(folder, 'keys') },
      home: folder,
      user: name,
    }
  }

  async #on<T>(now: number, work: (workspace: Workspace, signer: ReturnType<typeof actingPerson>) => Promise<T>): Promise<T> {
    this.#now = now
    const workspace = openWorkspace({ directory: join(this.#folder, 'workspace'), command: 'bench', world: this.#world })
    try {
      return await work(workspace, actingPerson(this.#world))
    } finally {
      await workspace.close()
    }
  }

  /** Takes in the logs of a case folder and tells their stories. */
  investigate(folder: string, now: number): Promise<Answer> {
    return this.#on(now, (workspace, signer) =>
      investigate({ workspace, signer, paths: [folder], roles: [], rules: [], watch: {} }),
    )
  }

  /** Adopts a story, releases it and puts it where peers fetch it. Gives the objects that are new there. */
  share(caseId: string, story: string, now: number): Promise<number> {
    return this.#on(now, async (workspace, signer) => {
      const desk = caseDesk(workspace, signer)
      const { view } = await desk.page(caseId)
      const finding = view.findings.find((one) => one.subject === `story:${story}`)
      if (finding === undefined) throw new Error('internal error: no finding of the story')
      await desk.rule(caseId, { finding: finding.id, ruling: 'adopt', reason: 'Read from its first step to its last' })
      const shared = await desk.share(caseId, {
        tlp: 'amber',
        pap: 'amber',
        story,
        reason: 'Agreed for the drill',
        publish: true,
      })
      return shared.published ?? 0
    })
  }

  /** Offers what was published to peers over TAXII on loopback while `work` runs; every name gets a token. */
  offer<T>(
    names: readonly string[],
    now: number,
    work: (url: string, tokens: ReadonlyMap<string, string>) => Promise<T>,
  ): Promise<T> {
    return this.#on(now, async (workspace, signer) => {
      const tokens = new Map(names.map((name) => [name, addPeer(workspace, name, signer.name)]))
      const serving = await serve({
        desk: caseDesk(workspace, signer),
        deskFor: (other) => caseDesk(workspace, other),
        pageFolder: this.#folder,
        noteFile: workspace.path('run', 'serve.json'),
        pid: process.pid,
        port: 0,
        shelf: shelfOf(workspace),
      })
      try {
        return await work(`http://127.0.0.1:${serving.port}/taxii2/`, tokens)
      } finally {
        await serving.stop()
      }
    })
  }

  /** Pulls from a peer, searches the logs of the case, opens a case where it hits, and tells the sightings back. */
  pull(caseId: string, from: { readonly url: string; readonly token: string }, now: number): Promise<SubscribeAnswer> {
    return this.#on(now, (workspace, signer) =>
      caseDesk(workspace, signer).intake.peer({ ...from, caseId, report: 'Agreed for the drill' }, {}),
    )
  }

  /** What peers told back. */
  sightings(): ReturnType<typeof reportedSightings> {
    return reportedSightings({ path: (...parts) => join(this.#folder, 'workspace', ...parts) })
  }
}
