import type { ReactElement } from 'react'
import type { Post } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { MomentText } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'

const most = 200

/** Posts in order of time, with what is known of the time. */
export function Posts(props: { readonly posts: readonly Post[] }): ReactElement {
  const { query } = useAddress()
  const posts = props.posts.filter((post) => fits(query.q, post.text, post.channel))
  if (props.posts.length === 0) return <p className="soft">The words are known only from others; no post was handed over.</p>
  return (
    <>
      <Table caption="Posts" quiet className="fixed posts" columns={['When', 'Where', 'Words as posted']}>
        {posts.slice(0, most).map((post, n) => (
          <Row key={`${n} ${post.id ?? ''}`}>
            <td>
              <When post={post} />
            </td>
            <td>
              {post.channel}
              {post.source === 'reported' && <p className="small soft">reported, not the post itself</p>}
              {post.repostOf !== undefined && (
                <p className="small soft">
                  re-post <Cites cites={[post.repostOf]} />
                </p>
              )}
            </td>
            <td>
              <div className="words">{post.text}</div>
              {(post.versions ?? []).map((one) => (
                <details key={one.text}>
                  <summary>Worded before</summary>
                  <div className="words">{one.text}</div> <Cites cites={[one.cite]} />
                </details>
              ))}
              {post.attachments.map((one) => (
                <Attachment key={one.file} attachment={one} />
              ))}
              {(post.pictured ?? []).map((text) => (
                <p key={text} className="small soft">
                  Pictured, as reported: {text}
                </p>
              ))}
              <Cites cites={[post.cite]} />
            </td>
          </Row>
        ))}
      </Table>
      {posts.length < props.posts.length && (
        <p className="soft">{counted(props.posts.length - posts.length, 'post')} left out by the filter.</p>
      )}
      {posts.length > most && (
        <p className="soft">{counted(posts.length - most, 'further post')} not shown; narrow the filter.</p>
      )}
    </>
  )
}

function When(props: { readonly post: Post }): ReactElement {
  const { at, reportedAt, editedAt } = props.post
  return (
    <>
      {at === undefined && reportedAt === undefined && <span className="soft">time not known</span>}
      {at !== undefined && <MomentText moment={at} />}
      {at === undefined && reportedAt !== undefined && (
        <>
          <span className="soft">reported </span>
          <MomentText moment={reportedAt} />
        </>
      )}
      {editedAt !== undefined && (
        <p className="small soft">
          edited <MomentText moment={editedAt} />
        </p>
      )}
    </>
  )
}

function Attachment(props: { readonly attachment: Post['attachments'][number] }): ReactElement {
  const { file, text, cite } = props.attachment
  return (
    <div className="attachment">
      <span className="small soft">
        Attached: <code>{file}</code> {cite !== undefined && <Cites cites={[cite]} />}
      </span>
      {text !== undefined && text !== '' && (
        <details>
          <summary>Text read from the picture</summary>
          <div className="words">{text}</div>
        </details>
      )}
    </div>
  )
}
