import { join } from 'node:path'
import { caseDesk, packageRoot, sharePeers, shelfOf, type Workspace } from '../../app/index.ts'
import { UserError } from '../../base/index.ts'
import { sameName, type Signer } from '../../evidence/index.ts'
import { serve } from '../../server/index.ts'
import { remindOfDue } from '../remind-due.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'

/** `serve`: the page on loopback until Ctrl-C. */
export const registerServe: Register = (program, context) => {
  withWorkspace(program.command('serve'))
    .description('show the cases of a workspace as a page on this machine')
    .option('--port <n>', 'port on 127.0.0.1 (any free one when absent)')
    .addHelpText(
      'after',
      '\nExamples:\n  breachline serve\n  breachline serve --workspace ./breachline-data --port 8710 --as "Aisha Rahman"\n',
    )
    .action(async (options: WorkspaceOptions & { port?: string }) => {
      await inWorkspace(context, { ...options, command: 'serve' }, async ({ workspace, signer }) => {
        await serveUntilStopped(context, { workspace, signer, port: portOf(options.port) })
      })
    })
}

/** Serves until the command is interrupted; prints a link that opens the page once. */
export async function serveUntilStopped(
  context: CommandContext,
  options: { workspace: Workspace; signer: Signer; port: number },
): Promise<void> {
  const { workspace, signer, port } = options
  const serving = await serve({
    desk: caseDesk(workspace, signer),
    deskFor(other) {
      if (sameName(other.name, signer.name) !== (other.fingerprint === signer.fingerprint))
        throw new UserError({
          code: 'signer-name-taken',
          message: `the key sent for ${other.name} does not go with who serves: one key is one person, and one name`,
          hint: 'act with a key and a name of your own: "breachline key new NAME"',
        })
      return caseDesk(workspace, other)
    },
    pageFolder: join(packageRoot(), 'web', 'dist'),
    noteFile: workspace.path('run', 'serve.json'),
    pid: context.world.pid,
    port,
    shelf: shelfOf(workspace),
  })
  const peers = sharePeers(workspace).length
  if (peers > 0)
    context.terminal.out(
      `\nFor peers: http://127.0.0.1:${serving.port}/taxii2/  (${peers} ${peers === 1 ? 'token' : 'tokens'})\n`,
    )
  context.terminal.out(`\nThe page: ${serving.newLink()}\n  opens once, on this machine; Ctrl-C stops the server\n`)
  const stopReminding = remindOfDue(context, workspace)
  await new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve()
    else context.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  stopReminding()
  await serving.stop()
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? '0')
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new UserError({ code: 'usage', message: `"${text}" is no port`, hint: 'give a number from 1024 to 65535', exitCode: 2 })
}
