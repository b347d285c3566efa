import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { exitCodes, UserError, type Progress, type Watch } from '../base/index.ts'
import { errorOf } from './error-of.ts'
import { body } from './body.ts'

const path = z.string().min(1).max(4_000)
const caseId = z.string().max(200).exactOptional()
const request = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), file: path, format: z.enum(['stix', 'misp']), caseId }),
  z.strictObject({
    kind: z.literal('case'),
    file: path,
    format: z.enum(['iris', 'thehive']),
    into: z.string().max(200).exactOptional(),
    caseId,
  }),
  z.strictObject({
    kind: z.literal('peer'),
    url: z.string().min(1).max(2_000),
    token: z.string().min(1).max(4_000).exactOptional(),
    report: z.string().trim().min(1).max(4_000).exactOptional(),
    caseId,
  }),
])

/** The one long work that may run at a time. */
export interface Turn {
  /** Runs what is given unless another one runs. */
  take<T>(work: () => Promise<T>): Promise<T>
  /** When nothing runs any more. */
  ended(): Promise<unknown>
}

/** One intake at a time: two that search all logs at once would only wait for each other. */
export function oneAtATime(): Turn {
  let running: Promise<unknown> | undefined
  return {
    ended: () => Promise.resolve(running).catch(() => undefined),
    async take(work) {
      if (running !== undefined)
        throw new UserError({
          code: 'intake-runs',
          message: 'an import or a pull runs through this server already',
          hint: 'wait until it has ended, or stop it with Ctrl-C where it was started',
          exitCode: exitCodes.environment,
        })
      const own = work()
      running = own
      try {
        return await own
      } finally {
        running = undefined
      }
    },
  }
}

/** Milliseconds without a word after which an empty line says that the work goes on. */
const aliveMs = 10_000

/**
 * `POST /-/intake` under `/api/cases`: takes in a file of this machine, or what a peer published. The answer comes as JSON lines: `{progress}` any number of
 * times, then `{answer}` or `{error}`. Whoever goes away stops the work at its next safe place.
 */
export function intakeRoutes({ intake }: Pick<Desk, 'intake'>, turn: Turn): Hono {
  const app = new Hono()
  app.post('/-/intake', async (context) => {
    const asked = await body(context, request)
    context.header('content-type', 'application/x-ndjson')
    return stream(context, async (out) => {
      const gone = new AbortController()
      out.onAbort(() => gone.abort())
      let told = ''
      let toldAt = 0
      const report = (progress: Progress): void => {
        const now = performance.now()
        if (progress.step === told && now - toldAt < 100) return
        told = progress.step
        toldAt = now
        void out.write(line({ progress }))
      }
      const alive = setInterval(() => void out.write('\n'), aliveMs)
      try {
        await out.write(line({ answer: await turn.take(() => take(intake, asked, { report, signal: gone.signal })) }))
      } catch (error) {
        await out.write(line(errorOf(error)))
      } finally {
        clearInterval(alive)
      }
    })
  })
  return app
}

function take(intake: Desk['intake'], asked: z.infer<typeof request>, watch: Watch): Promise<object> {
  switch (asked.kind) {
    case 'file':
      return intake.file(asked, watch)
    case 'case':
      return intake.case(asked, watch)
    case 'peer':
      return intake.peer(asked, watch)
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
