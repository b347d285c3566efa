import type { Signer } from '../evidence/index.ts'
import { noticeDesk, type NoticeDesk } from './notice-desk.ts'
import type { Workspace } from './workspace.ts'

type Act = Exclude<keyof NoticeDesk, 'close'>
type Gives<A extends Act> = Promise<Awaited<ReturnType<NoticeDesk[A]>>>

/** What a person does with the notices and letters of one case, wherever it is done. */
export type CaseNotices = { readonly [A in Act]: (...asked: Parameters<NoticeDesk[A]>) => Gives<A> }

/** The same for any case: each act with the case it is about. */
export type NoticesDesk = { readonly [A in Act]: (caseId: string, ...asked: Parameters<NoticeDesk[A]>) => Gives<A> }

/** The notices of the cases of an open workspace; a case is opened for one act and let go of. */
export function noticesDesk(workspace: Workspace, signer: Signer): NoticesDesk {
  async function on<T>(caseId: string, work: (desk: NoticeDesk) => T | Promise<T>): Promise<T> {
    const desk = noticeDesk({ workspace, signer, caseId, watch: {} })
    try {
      return await work(desk)
    } finally {
      desk.close()
    }
  }
  return {
    draft: (id, asked) => on(id, (desk) => desk.draft(asked)),
    letter: (id, asked) => on(id, (desk) => desk.letter(asked)),
    file: (id, asked) => on(id, (desk) => desk.file(asked)),
    list: (id) => on(id, (desk) => desk.list()),
    show: (id, number, format) => on(id, (desk) => desk.show(number, format)),
    say: (id, said, reason) => on(id, (desk) => desk.say(said, reason)),
    groups: (id) => on(id, (desk) => desk.groups()),
  }
}
